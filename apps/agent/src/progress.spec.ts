import type { RoundProgress } from '@mailpath/checks';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SAY_EVERY_MS, showProgress } from './progress.ts';
import { passed } from './testing/result-fixtures.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const task = { check: 'imap.tls', target: { name: 'imap', host: 'outlook.office365.com', port: 993 } };
const written = (isTTY: boolean) => {
  const lines: string[] = [];
  return { lines, stream: { isTTY, columns: 80, write: (text: string) => lines.push(text) > 0 } };
};
const ended: RoundProgress = { task, result: passed() };

it('says in a pipe every five seconds what is waited for, and nothing once the round is over', () => {
  const { lines, stream } = written(false);
  const progress = showProgress(6, stream, 'en');
  progress.show({ task, phase: 'connect' });
  expect(lines).toEqual([]);
  vi.advanceTimersByTime(2 * SAY_EVERY_MS);
  expect(lines).toEqual(Array(2).fill('mailpath-agent: waiting: 0 of 6 checks done  imap.tls: connect\n'));
  progress.end();
  vi.advanceTimersByTime(2 * SAY_EVERY_MS);
  expect(lines).toHaveLength(2);
});

it('says that it looks a second time, on a terminal and in a pipe, in both languages', () => {
  for (const [language, first, second] of [
    ['en', '1 of 6 checks done', 'second look: 0 of 2 failed checks repeated  imap.tls: tls'],
    [
      'ja',
      '6 件のチェックのうち 1 件が完了',
      '再確認: 失敗した 2 件のうち 0 件が完了  imap.tls: TLS ハンドシェイク (tls)',
    ],
  ] as const) {
    const { lines, stream } = written(true);
    const progress = showProgress(6, stream, language);
    progress.show(ended);
    expect(lines.at(-1)).toContain(first);
    progress.again(2);
    progress.show({ task, phase: 'tls' });
    expect(lines.at(-1)).toBe(second);
    progress.end();
    expect(lines.at(-1)).toBe('\r\u001b[2K');
    const pipe = written(false);
    const piped = showProgress(6, pipe.stream, language);
    piped.again(2);
    piped.show({ task, phase: 'tls' });
    vi.advanceTimersByTime(SAY_EVERY_MS);
    expect(pipe.lines.join('')).toContain(second);
    piped.end();
  }
});

it('never writes more than the terminal is wide', () => {
  const { lines, stream } = written(true);
  const progress = showProgress(6, stream, 'en');
  for (let i = 0; i < 20; i += 1)
    progress.show({ task: { ...task, target: { ...task.target, name: `t${i}` } }, phase: 'connect' });
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(80);
});
