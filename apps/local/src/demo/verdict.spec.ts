import { describe, expect, it } from 'vitest';
import type { Comparison } from '@mailpath/protocol';
import { comparisonOf } from '../testing/comparison-of.ts';
import type { DemoServer } from './servers.ts';
import { score, surprises } from './verdict.ts';

const well: DemoServer = { name: 'svc01', role: 'services', address: '127.0.0.11', trouble: null };
const broken: DemoServer = {
  name: 'svc02',
  role: 'services',
  address: '127.0.0.12',
  trouble: {
    words: 'closed',
    fault: { id: 'closed', service: 'imap' },
    shows: { check: 'imap.tls', phase: 'connect', code: 'refused' },
  },
};
const refused = { outcome: 'fail', phase: 'connect', code: 'refused' } as const;
const seen = (first: object, second: object): Comparison =>
  comparisonOf({ svc01: 'services', svc02: 'services' }, { 'imap.tls': [first, second] }, ['svc02']);

describe('what a demonstration shows', () => {
  it('is as expected when the broken server differs by its fault and the other is well', () => {
    expect(surprises(seen({}, refused), [well, broken])).toEqual([]);
  });

  it.each([
    ['the fault does not show', {}, {}],
    ['it shows in another phase', {}, { outcome: 'fail', phase: 'tls', code: 'untrusted' }],
  ])('is a surprise when %s', (_, first, second) => {
    expect(surprises(seen(first, second), [well, broken])).toEqual([
      'svc02 does not differ in imap.tls by connect (refused).',
    ]);
  });

  it('is a surprise when a healthy server fails', () => {
    expect(surprises(seen(refused, refused), [well, broken])).toEqual(['svc01, imap.tls: fail.']);
  });

  it('is counted by the results that there are', () => {
    expect(score(seen({}, refused))).toEqual({ well: 1, all: 2 });
    expect(score(seen({ outcome: 'no-data' }, {}))).toEqual({ well: 1, all: 1 });
  });
});
