import { Finding } from '@mailpath/protocol';
import type { Screen } from '@mailpath/terminal';
import { expect, it } from 'vitest';
import { findingsList } from './findings-list.ts';
import { comparisonOf } from './testing/comparison-of.ts';

const screen = (width: number): Screen => ({ width, style: (_, text) => text });
const comparison = comparisonOf({ svc01: 'services' }, {});
const finding = Finding.parse({
  key: 'connect.refused outlook.office365.com:993',
  rule: 'connect.refused',
  severity: 'error',
  confidence: 'likely',
  scope: {
    kind: 'server',
    servers: ['svc01'],
    checks: [{ server: 'svc01', check: 'imap.tls', target: 'imap' }],
  },
  phase: 'connect',
  code: 'refused',
  owner: 'ece-administrator',
  checklistItem: 'C10',
  items: ['C10'],
  statements: ['S49', 'S59'],
  params: {},
  evidence: [],
  consequences: ['svc01', 'svc02', 'svc01'].map((server) => ({
    server,
    check: 'imap.mailbox',
    target: 'sales',
  })),
  summary: 'svc01: TCP to outlook.office365.com:993 is refused.',
  cause: 'A firewall rule that rejects stands on the path of this server alone.',
  nextStep: 'Allow it.',
  excludes: [],
});

it('says of each finding how bad, what, why, who, what to do and what follows, within the width', () => {
  const text = findingsList({ comparison, open: [finding], pending: 0 }, screen(60));
  expect(text?.split('\n')).toEqual([
    'ERROR  svc01: TCP to outlook.office365.com:993 is refused.',
    '  cause      A firewall rule that rejects stands on the path',
    '             of this server alone. (likely)',
    '  owner      ECE administrator',
    '  next step  Allow it.',
    '  follows    imap.mailbox (sales) on svc01, svc02',
    '  checklist  C10, S49, S59',
  ]);
});

it('counts what no later round has confirmed yet, and is nothing where nothing was found', () => {
  expect(findingsList({ comparison, open: [], pending: 1 }, screen(80))).toBe(
    '1 more was seen once, and opens with a later round that sees it again.',
  );
  expect(findingsList({ comparison, open: [], pending: 2 }, screen(80))).toBe(
    '2 more were seen once, and open with a later round that sees them again.',
  );
  expect(findingsList({ comparison, open: [], pending: 0 }, screen(80))).toBeNull();
});

it('counts in Japanese as well', () => {
  const text = findingsList({ comparison, open: [], pending: 2 }, { ...screen(80), language: 'ja' });
  expect(text).toContain('2 件が一度だけ確認されました。');
});
