import { describe, expect, it } from 'vitest';
import type { ComparisonCell } from '@mailpath/protocol';
import { comparisonOf } from './testing/comparison-of.ts';
import { troubleList } from './trouble-list.ts';

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

const lines = (text: string | null): string[] => (text ?? '').split('\n');

describe('the list of troubles', () => {
  it('is nothing where all is well, and where nothing was asked', () => {
    expect(troubleList(comparisonOf(SERVERS, { 'imap.tls': [notAsked, {}] }), 140)).toBeNull();
  });

  it('takes together what is broken in the same way, with its mailboxes, statements and differences', () => {
    const rows = {
      'imap.tls': [{}, refused],
      'imap.mailbox sales@example.com': [notAsked, { ...refused, statements: ['S59'] }],
      'imap.mailbox support@example.com': [notAsked, refused],
    };
    expect(lines(troubleList(comparisonOf(SERVERS, rows, ['svc01']), 140))).toEqual([
      'error  svc01  imap.tls, imap.mailbox (sales, support)',
      '              TCP to outlook.office365.com:993 is refused. [S49, S59]',
      '              ≠ svc01 is unlike the others.',
    ]);
  });

  it('names the other places that it holds for as well', () => {
    const rows = { 'imap.tls': [{}, refused], 'smtp.submission': [{}, refused] };
    expect(lines(troubleList(comparisonOf(SERVERS, rows), 140))[1]?.trim()).toBe(
      'TCP to outlook.office365.com:993 is refused. Likewise: smtp.office365.com:587. [S49]',
    );
  });

  it('keeps apart what matters differently, and names what is missing', () => {
    const rows = {
      'imap.tls': [{ ...refused, severity: 'warning' as const }, refused],
      'pop3.tls': [{}, noData],
    };
    const list = lines(troubleList(comparisonOf(SERVERS, rows), 140));
    expect(list.map((line) => line.slice(0, 16).trim()).filter((start) => start !== '')).toEqual([
      'warning  app01',
      'error    svc01',
      'no data  svc01',
    ]);
  });

  it('is wrapped between words', () => {
    const list = lines(troubleList(comparisonOf(SERVERS, { 'imap.tls': [{}, refused] }), 40));
    expect(list.every((line) => line.length <= 40)).toBe(true);
    expect(list.length).toBeGreaterThan(2);
  });
});
