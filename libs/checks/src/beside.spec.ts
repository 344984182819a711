import { expect, test } from 'vitest';
import type { Check, Probe } from './check.ts';
import { defineCheck, UnexpectedReply } from './check.ts';
import { runCheck } from './run-check.ts';

const TARGET = { name: 'imap', host: 'outlook.test', port: 993 };
const NAME = { addresses: ['192.0.2.1'], error: null, ms: 0, startedAt: new Date() };

function run(work: Check['run'], deadlineMs = 5_000) {
  const check = defineCheck({ id: 'a.b', title: 't', proves: 'p', target: null, statements: [], run: work });
  return runCheck(check, TARGET, { name: NAME, deadlineMs, trust: [] });
}

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
/** Facts that come when the check itself is long done. */
const lateFacts = async (probe: Probe) => {
  await after(600);
  probe.record('imap', { greeting: 'late' });
  probe.warn('late');
};
const untilAborted = ({ signal }: Probe) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

test('facts that come beside the check are in its result, and their time is not its own', async () => {
  const began = performance.now();
  const result = await run(async (probe) => probe.beside(lateFacts(probe)));
  const tookMs = performance.now() - began;
  expect(result).toMatchObject({ outcome: 'warn', reason: 'late', evidence: { imap: { greeting: 'late' } } });
  expect(result.durationMs).toBeLessThan(tookMs / 2);
});

test('work beside a check that fails can fail nothing, and nothing is unhandled', async () => {
  const result = await run(async (probe) => {
    probe.beside(Promise.reject(new Error('survey')));
    await after(10);
  });
  expect(result.outcome).toBe('pass');
});

test('a check that passed stays passed when the deadline ends the work beside it', async () => {
  const result = await run(async (probe) => probe.beside(untilAborted(probe)), 100);
  expect(result).toMatchObject({ outcome: 'pass', failure: null });
});

test('a check that failed keeps its own failure when the deadline ends the work beside it', async () => {
  const result = await run(async (probe) => {
    probe.beside(untilAborted(probe));
    await probe.phase('greet', () => Promise.reject(new UnexpectedReply('no', 'yes')));
  }, 100);
  expect(result.failure).toMatchObject({ phase: 'greet', code: 'unexpected-reply' });
});

test('work beside a check that ignores the deadline is left behind', async () => {
  const began = performance.now();
  const result = await run(async (probe) => probe.beside(new Promise(() => undefined)), 100);
  expect(performance.now() - began).toBeLessThan(30_000);
  expect(result.outcome).toBe('pass');
});
