import type { Language, Role } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { columnsOf } from './columns.ts';
import { type ComparedCell, comparisonText } from './comparison-text.ts';

const screen = (width: number, language: Language = 'en') => ({
  width,
  style: (_: unknown, text: string): string => text,
  language,
});
const passed: ComparedCell = {
  outcome: 'pass',
  asked: true,
  phase: null,
  code: null,
  ms: 10_040,
  stale: false,
  differs: false,
};
/** The longest that a cell can say. */
const failed: ComparedCell = {
  ...passed,
  outcome: 'fail',
  phase: 'authenticate',
  code: 'unexpected-reply',
  ms: 9_999,
  differs: true,
};
const ROWS = [
  ['https.sign-in-alias', 'login.microsoft.com:443'],
  ['imap.tls', 'outlook.office365.com:993'],
  ['smtp.submission', 'smtp.office365.com:587'],
  ['mail.round-trip', 'support@contoso.example'],
] as const;
const servers = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ name: `app0${i + 1}`, roles: ['application'] as Role[] }));
const rows = (count: number, cell: ComparedCell) =>
  ROWS.map(([check, aim]) => ({ check, aim, cells: Array.from({ length: count }, () => cell) }));
const widest = (text: string): number => Math.max(...text.split('\n').map(columnsOf));

describe('servers side by side', () => {
  it('show phase and code of a failure below each other, and mark what differs', () => {
    const text = comparisonText(
      servers(2),
      [{ check: 'imap.tls', aim: 'outlook.office365.com:993', cells: [passed, { ...failed, ms: 12 }] }],
      screen(100),
    );
    expect(text.split('\n')).toEqual([
      'check     target                     app01        app02',
      '                                     application  application',
      'imap.tls  outlook.office365.com:993  pass 10.0 s  FAIL authenticate ≠',
      '                                                  unexpected-reply 12 ms',
      '',
      '≠ unlike the other servers of its role    – not asked of that role',
    ]);
  });

  it('says outcome and phase in Japanese words, with the codes below them', () => {
    const lines = comparisonText(
      servers(1),
      [{ check: 'imap.tls', aim: 'a:1', cells: [{ ...failed, ms: 12 }] }],
      screen(100, 'ja'),
    ).split('\n');
    expect(lines.slice(2, 6).map((line) => line.trim())).toEqual([
      expect.stringMatching(/^imap\.tls +a:1 +失敗 ≠$/),
      'サインイン',
      '(authenticate)',
      'unexpected-reply 12 ms',
    ]);
  });

  it.each([
    [1, 80],
    [3, 100],
  ])('%i: no word is cut and no line is wider than %i columns', (count, width) => {
    for (const language of ['en', 'ja'] as const)
      for (const cell of [
        passed,
        failed,
        { ...passed, stale: true },
        { ...passed, outcome: 'no-data' as const },
      ]) {
        const text = comparisonText(servers(count), rows(count, cell), screen(width, language));
        expect(widest(text)).toBeLessThanOrEqual(width);
        for (const word of ROWS.flat()) expect(text).toContain(word);
        const failures = cell === failed ? count * ROWS.length : 0;
        expect(text.split('unexpected-reply 10.0 s')).toHaveLength(failures + 1);
      }
  });

  it('has the target below its check where there is no room beside it', () => {
    const text = comparisonText(servers(3), rows(3, passed), screen(80));
    expect(text.split('\n').slice(0, 4)).toEqual([
      'check                        app01        app02        app03',
      '  target                     application  application  application',
      'https.sign-in-alias          pass 10.0 s  pass 10.0 s  pass 10.0 s',
      '  login.microsoft.com:443',
    ]);
  });

  it('tells what is not asked from what is missing and from what is old, in both languages', () => {
    const cells = [
      { ...passed, asked: false, outcome: 'no-data' as const },
      { ...passed, outcome: 'no-data' as const },
      { ...passed, stale: true },
    ];
    const told = (language: Language): string =>
      comparisonText(servers(3), [{ check: 'imap.tls', aim: 'a:1', cells }], screen(120, language)).split(
        '\n',
      )[2] ?? '';
    expect(told('en')).toMatch(/^imap\.tls +a:1 +– +no data +pass \(old\) 10\.0 s$/);
    expect(told('ja')).toMatch(/^imap\.tls +a:1 +– +データなし +合格 \(古い結果\) 10\.0 s$/);
  });
});
