import type { Screen } from '@mailpath/terminal';
import { describe, expect, it } from 'vitest';
import type { ComparisonCell } from '@mailpath/protocol';
import { comparisonTable } from './comparison-table.ts';
import { comparisonOf } from './testing/comparison-of.ts';

const SCREEN: Screen = { width: 140, style: (_, text) => text };
const SERVERS = { app01: 'application', svc01: 'services' } as const;
const refused: Partial<ComparisonCell> = {
  outcome: 'fail',
  phase: 'connect',
  code: 'refused',
  severity: 'error',
  statements: ['S49'],
  sentence: 'TCP to outlook.office365.com:993 is refused.',
};
const notAsked = {
  outcome: 'no-data',
  asked: false,
  ms: null,
  sentence: 'Not asked of this server.',
} as const;
const noData = { outcome: 'no-data', ms: null, sentence: 'No result yet.' } as const;

/** The table alone, without what its signs mean. */
const lines = (text: string): string[] => text.split('\n').slice(0, -2);

describe('a comparison as text', () => {
  it('has a column for each server, and names the code below the phase where something failed', () => {
    const table = comparisonTable(
      comparisonOf(SERVERS, { 'imap.tls': [{ ms: 10_040 }, refused] }, ['svc01']),
      SCREEN,
    );
    expect(lines(table)).toEqual([
      'check     target                     app01        svc01',
      '                                     application  services',
      'imap.tls  outlook.office365.com:993  pass 10.0 s  FAIL connect ≠',
      '                                                  refused 12 ms',
    ]);
  });

  it('tells what is not asked from what is missing and from what is old, and shows the mailbox', () => {
    const rows = {
      'imap.mailbox sales@example.com': [notAsked, noData],
      'smtp.login sales@example.com': [{ stale: true }, {}],
    };
    expect(lines(comparisonTable(comparisonOf(SERVERS, rows), SCREEN)).slice(2)).toEqual([
      'imap.mailbox  sales@example.com  –                 no data',
      'smtp.login    sales@example.com  pass (old) 12 ms  pass 12 ms',
    ]);
  });
});
