import { stripVTControlCharacters } from 'node:util';
import { diagnoseServer, sentenceFor } from '@mailpath/diagnosis';
import type { CheckResult, Finding, ServerReport } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { renderReport } from './report-text.ts';
import { passed } from './testing/result-fixtures.ts';

const failed: CheckResult = {
  ...passed(),
  check: 'smtp.submission',
  target: { name: 'smtp', host: 'smtp.office365.com', port: 587 },
  outcome: 'fail',
  durationMs: 10_003.4,
  failure: {
    phase: 'connect',
    code: 'timeout',
    message: 'TCP to smtp.office365.com:587 was not answered within 10 s on any of 4 addresses.',
  },
};
const warned: CheckResult = {
  ...passed(),
  check: 'pop3.tls',
  outcome: 'warn',
  reason: '1 of 2 addresses of outlook.office365.com was not reached on port 995: 2001:db8::1 timed out.',
};
const [finding] = diagnoseServer({
  server: { name: 'app01', roles: ['application'] },
  inbound: 'imap',
  results: [failed],
}) as [Finding];
const report = (results: CheckResult[], findings: Finding[] = []): ServerReport => ({
  server: {
    name: 'app01',
    roles: ['application'],
    platform: 'linux 6',
    nodeVersion: '24.21.0',
    agentVersion: '0.1.0',
  },
  cloud: 'worldwide',
  startedAt: '2026-11-24T08:00:00.000Z',
  durationMs: 10_004,
  results,
  findings,
});
const plain = (_: unknown, text: string): string => text;

describe('the report on a screen', () => {
  it('shows check, outcome, phase, milliseconds and one sentence, what follows from it, and a closing line', () => {
    expect(renderReport(report([passed(), warned, failed], [finding]), { width: 110, style: plain })).toBe(
      [
        'check            outcome  phase       ms  what was seen',
        'imap.tls         pass                 12  127.0.0.1:993',
        'pop3.tls         warn                 12  1 of 2 addresses of outlook.office365.com was not reached on port',
        '                                          995: 2001:db8::1 timed out.',
        `smtp.submission  fail     connect  10003  ${sentenceFor(failed)}`,
        '',
        'ERROR  app01: TCP to smtp.office365.com:587 gets no answer.',
        '  cause      Packets are dropped on the path: almost always a firewall without a rule for this server, host',
        '             and port. (likely)',
        '  owner      network team',
        '  next step  Allow outgoing TCP from this server to smtp.office365.com:587 by name, answers included.',
        '  checklist  C10, S50, S58',
        '',
        '1 of 3 checks failed on app01 (application), 1 warn.',
      ].join('\n'),
    );
  });

  it('says it in Japanese when asked to, with names, codes and the lines of others as they are', () => {
    const text = renderReport(report([failed], [finding]), { width: 110, style: plain, language: 'ja' });
    expect(text).toContain('エラー  app01: smtp.office365.com:587 への TCP 接続に応答がありません。');
    expect(text).toContain('  担当            ネットワーク担当');
    expect(text.split('\n').at(-1)).toBe('app01 (application): 1 件のチェックのうち 1 件が失敗しました。');
  });

  it('closes with one good line when nothing failed', () => {
    const text = renderReport(report([passed()]), { width: 110, style: plain });
    expect(text.split('\n').at(-1)).toBe('1 check on app01 (application): none failed.');
  });

  it('never says that none failed where nothing ran, in either language', () => {
    const skippedOne: CheckResult = { ...passed(), outcome: 'skipped', reason: 'the round was called off' };
    for (const [language, said] of [
      ['en', 'No check ran on app01 (application): nothing is known about the path.'],
      ['ja', 'app01 (application): チェックは 1 件も実行されていません。経路の状態は不明です。'],
    ] as const) {
      const text = renderReport(report([skippedOne]), { width: 110, style: plain, language });
      expect(text.split('\n').at(-1)).toBe(said);
    }
  });

  it.each([80, 100, 120, 200])('keeps every line within %i columns', (width) => {
    const text = renderReport(report([passed(), warned, failed], [finding]), { width, style: plain });
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(width);
  });

  it('breaks no word where the screen is narrow', () => {
    const text = renderReport(report([failed], [finding]), { width: 30, style: plain });
    expect(text).toContain('smtp.office365.com:587');
  });

  it('says the same with colours as without', () => {
    const style = (format: unknown, text: string): string =>
      `\u001b[3${format === 'red' ? 1 : 2}m${text}\u001b[39m`;
    const all = report([passed(), warned, failed], [finding]);
    const coloured = renderReport(all, { width: 110, style });
    expect(coloured).not.toBe(stripVTControlCharacters(coloured));
    expect(stripVTControlCharacters(coloured)).toBe(renderReport(all, { width: 110, style: plain }));
  });
});
