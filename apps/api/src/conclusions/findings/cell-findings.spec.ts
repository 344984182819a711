import { describe, expect, it } from 'vitest';
import { cellFindings } from './cell-findings.ts';

const part = { serverId: 'app01', check: 'imap.tls', target: 'imap', resultId: 'r1', basis: true };
const of = (id: string, changes: object = {}) => ({
  id,
  key: `rule ${id}`,
  state: 'open' as const,
  severity: 'error' as const,
  seen: [part],
  ...changes,
});

describe('the finding of a cell', () => {
  it.each([
    ['open before pending', [of('a', { state: 'pending' }), of('b', { severity: 'info' })], 'b'],
    ['what rests on it before what follows', [of('a', { seen: [{ ...part, basis: false }] }), of('b')], 'b'],
    ['the worst', [of('a', { severity: 'warning' }), of('b')], 'b'],
    ['a consequence where there is nothing else', [of('a', { seen: [{ ...part, basis: false }] })], 'a'],
  ])('is %s', (_, present, id) => {
    expect(cellFindings(present)(part)).toMatchObject({ id });
  });

  it('is none for another server, another target, or a finding that is closed', () => {
    expect(cellFindings([of('a')])({ ...part, serverId: 'app02' })).toBeNull();
    expect(cellFindings([of('a')])({ ...part, target: 'smtp' })).toBeNull();
    expect(cellFindings([of('a', { state: 'closed' })])(part)).toBeNull();
  });
});
