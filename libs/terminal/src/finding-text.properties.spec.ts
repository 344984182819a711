import { Finding, type Language } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { columnsOf } from './columns.ts';
import { findingText } from './finding-text.ts';
import { texts } from './testing/texts.ts';

const screen = (width: number, language: Language = 'en') => ({
  width,
  style: (_: unknown, text: string): string => text,
  language,
});
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
  excludes: ['From svc02 it can be used.'],
});

describe('a finding as text', () => {
  it('says how bad, what, why, who, what to do and what follows, within the width', () => {
    expect(findingText(finding, screen(60)).split('\n')).toEqual([
      'ERROR  svc01: TCP to outlook.office365.com:993 is refused.',
      '  cause      A firewall rule that rejects stands on the path',
      '             of this server alone. (likely)',
      '  owner      ECE administrator',
      '  next step  Allow it.',
      '  ruled out  From svc02 it can be used.',
      '  follows    imap.mailbox (sales) on svc01, svc02',
      '  checklist  C10, S49, S59',
    ]);
  });

  it('has its labels in Japanese in columns of their own as well', () => {
    const lines = findingText({ ...finding, cause: 'この通信は、拒否されました。' }, screen(60, 'ja')).split(
      '\n',
    );
    expect(lines[1]).toMatch(/^ {2}原因 +この通信は、拒否されました。/);
    const starts = lines
      .filter((line) => /^ {2}(?:原因|担当|次の手順|影響) /u.test(line))
      .map((line) => columnsOf(/^ *\S+ +/u.exec(line)?.[0] ?? ''));
    expect(starts).toHaveLength(4);
    expect(new Set(starts).size).toBe(1);
  });

  it('puts a label on a line of its own where there is no room beside it', () => {
    expect(findingText(finding, screen(30))).toContain('\n  next step\n    Allow it.\n');
  });

  it('is never wider than asked, whatever its sentences are, and hands on nothing that a terminal obeys', () => {
    for (const text of texts())
      for (const width of [10, 30, 80, 100])
        for (const language of ['en', 'ja'] as const) {
          const said = { ...finding, summary: text, cause: text, nextStep: text, excludes: [text] };
          const lines = findingText(said, screen(width, language)).split('\n');
          expect(lines.filter((line) => columnsOf(line) > width)).toEqual([]);
          expect(lines.join('')).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
        }
  });
});
