import { expect, test } from 'vitest';
import type { Work } from './attempt.ts';
import type { CheckRun } from './check.ts';
import { UnexpectedReply } from './check.ts';
import { runWork } from './run-check.ts';

const TARGET = { name: 'imap', host: 'outlook.test', port: 993 };
const NAME = { addresses: ['192.0.2.1'], error: null, ms: 0 };

function run(work: Work, deadlineMs = 5_000) {
  return runWork('a.b', TARGET, { name: NAME, deadlineMs, trust: [] }, work);
}

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
/** Facts that come when the check itself is long done. */
const lateFacts = async (run: CheckRun) => {
  await after(600);
  run.record('imap', { greeting: 'late' });
  run.warn('late');
};
const untilAborted = ({ signal }: CheckRun) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

test('facts that come in the background are in its result, and their time is not its own', async () => {
  const began = performance.now();
  const result = await run(async (probe, route) => route.inBackground(lateFacts(probe)));
  const tookMs = performance.now() - began;
  expect(result).toMatchObject({ outcome: 'warn', reason: 'late', evidence: { imap: { greeting: 'late' } } });
  expect(result.durationMs).toBeLessThan(tookMs / 2);
});

test('background work that fails can fail no check, and nothing is unhandled', async () => {
  const result = await run(async (_, route) => {
    route.inBackground(Promise.reject(new Error('survey')));
    await after(10);
  });
  expect(result.outcome).toBe('pass');
});

test('a check that passed stays passed when the deadline ends the work in its background', async () => {
  const result = await run(async (probe, route) => route.inBackground(untilAborted(probe)), 100);
  expect(result).toMatchObject({ outcome: 'pass', failure: null });
});

test('a check that failed keeps its own failure when the deadline ends the work in its background', async () => {
  const result = await run(async (probe, route) => {
    route.inBackground(untilAborted(probe));
    await probe.phase('greet', () => Promise.reject(new UnexpectedReply('no', 'yes')));
  }, 100);
  expect(result.failure).toMatchObject({ phase: 'greet', code: 'unexpected-reply' });
});

test('background work that ignores the deadline is left behind', async () => {
  const began = performance.now();
  const result = await run(async (_, route) => route.inBackground(new Promise(() => undefined)), 100);
  expect(performance.now() - began).toBeLessThan(30_000);
  expect(result.outcome).toBe('pass');
});
