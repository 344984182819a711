import { CheckResult } from '@mailpath/protocol';
import { expect, test } from 'vitest';
import type { Work } from './attempt.ts';
import type { CheckRun } from './check.ts';
import { UnexpectedReply } from './check.ts';
import type { Conditions } from './run-check.ts';
import { runWork } from './run-check.ts';

const TARGET = { name: 'imap', host: 'outlook.test', port: 993 };
const NAME = { addresses: ['192.0.2.1'], error: null, ms: 12.3 };
const never = () => new Promise<never>(() => undefined);
/** What a well-behaved piece of io does: it waits until the signal ends it. */
const untilAborted = ({ signal }: CheckRun) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });

async function run(work: Work, given: Partial<Conditions> = {}) {
  const result = await runWork('a.b', TARGET, { name: NAME, deadlineMs: 5_000, trust: [], ...given }, work);
  expect(CheckResult.parse(result)).toEqual(result);
  return result;
}

test('a check that comes through passes, with its phases in order and the look-up with its own time', async () => {
  const result = await run(async (probe, route) => {
    expect(await route.addresses()).toEqual(['192.0.2.1']);
    await probe.phase('connect', async () => undefined);
    await probe.phase('greet', async () => undefined);
  });
  expect(result).toMatchObject({ outcome: 'pass', failure: null, reason: null, target: TARGET });
  expect(result.phases.map(({ name }) => name)).toEqual(['resolve', 'connect', 'greet']);
  expect(result.phases[0]?.ms).toBe(12.3);
  expect(result.evidence.dns).toEqual({ addresses: ['192.0.2.1'], error: null, ms: 12.3 });
  // The look-up was made before it, and is part of it.
  expect(Date.parse(result.startedAt)).toBeLessThanOrEqual(Date.now() - 12);
  expect(result.durationMs).toBeGreaterThanOrEqual(12.3);
});

test('times are rounded to a tenth of a millisecond', async () => {
  const result = await run((probe) => probe.phase('connect', async () => undefined));
  for (const ms of [result.durationMs, ...result.phases.map((phase) => phase.ms)]) {
    expect(Math.round(ms * 10) / 10).toBe(ms);
  }
});

test('the last phase entered before a throw is where it failed, and it is listed', async () => {
  const result = await run(async (probe) => {
    await probe.phase('connect', async () => undefined);
    await probe.phase('greet', async () => {
      probe.record('imap', { greeting: '* BYE' });
      throw new UnexpectedReply('* BYE', '* OK');
    });
  });
  expect(result.failure).toMatchObject({ phase: 'greet', code: 'unexpected-reply' });
  expect(result.phases.map(({ name }) => name)).toEqual(['connect', 'greet']);
  expect(result.evidence).toMatchObject({ imap: { greeting: '* BYE' }, unexpected: { line: '* BYE' } });
});

test('facts are added to what a section holds', async () => {
  const result = await run(async (probe) => {
    probe.record('smtp', { greeting: '220' });
    probe.record('smtp', { ehlo: ['SIZE'] });
  });
  expect(result.evidence.smtp).toEqual({ greeting: '220', ehlo: ['SIZE'] });
});

test('a fault of our own is internal, in the phase where it was', async () => {
  const result = await run((probe) =>
    probe.phase('greet', async () => {
      throw new TypeError('x is not a function');
    }),
  );
  expect(result.failure).toEqual({
    phase: 'greet',
    code: 'internal',
    message: 'Mailpath itself failed in the phase greet: TypeError: x is not a function',
  });
});

test('a failed look-up is every check’s failure in resolve', async () => {
  const error = Object.assign(new Error('getaddrinfo EAI_AGAIN'), { code: 'EAI_AGAIN' });
  const result = await run(
    async (_, route) => {
      await route.addresses();
    },
    { name: { ...NAME, addresses: [], error } },
  );
  expect(result.failure).toMatchObject({ phase: 'resolve', code: 'resolver-failed' });
  expect(result.evidence.dns).toEqual({ addresses: [], error: 'EAI_AGAIN', ms: 12.3 });
});

test('at the deadline the phase that was waiting is told, with its time', async () => {
  const result = await run((probe) => probe.phase('greet', () => untilAborted(probe)), { deadlineMs: 50 });
  expect(result.failure).toMatchObject({ phase: 'greet', code: 'timeout' });
  expect(result.failure?.message).toMatch(
    /^outlook\.test:993 did not complete its greeting within \d\.\d s$/,
  );
});

test('a check that ignores its signal is left behind, and can no longer touch its result', async () => {
  let late: (() => void) | undefined;
  const began = performance.now();
  const result = await run(
    async (probe) => {
      late = () => {
        probe.record('unexpected', { line: 'late' });
        probe.warn('late');
      };
      await probe.phase('tls', never);
    },
    { deadlineMs: 50 },
  );
  expect(performance.now() - began).toBeLessThan(30_000);
  expect(result.failure).toMatchObject({ phase: 'tls', code: 'timeout' });
  late?.();
  expect(result.evidence).toEqual({});
  expect(result.reason).toBeNull();
});

test('what a check throws after its deadline is the deadline’s echo', async () => {
  const result = await run(
    (probe) =>
      probe.phase('http', async () => {
        await untilAborted(probe).catch(() => undefined);
        throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
      }),
    { deadlineMs: 50 },
  );
  expect(result.failure).toMatchObject({ phase: 'http', code: 'timeout' });
});

test('the signal is aborted when the run ends, so that nothing is left behind', async () => {
  let signal: AbortSignal | undefined;
  await run(async (probe) => {
    signal = probe.signal;
  });
  expect(signal?.aborted).toBe(true);
});

test('a run that is called off is skipped, not failed', async () => {
  const controller = new AbortController();
  const running = run((probe) => probe.phase('greet', () => untilAborted(probe)), {
    cancelled: controller.signal,
  });
  controller.abort();
  expect(await running).toMatchObject({
    outcome: 'skipped',
    failure: null,
    reason: 'the round was called off',
  });
});

test('a warning makes it a warn with the reason, but hides no failure', async () => {
  const warned = await run(async (probe) => probe.warn('1 of 2 addresses failed'));
  expect(warned).toMatchObject({ outcome: 'warn', reason: '1 of 2 addresses failed' });
  const failed = await run(async (probe) => {
    probe.warn('1 of 2 addresses failed');
    throw new UnexpectedReply('no', 'yes');
  });
  expect(failed).toMatchObject({ outcome: 'fail', reason: null });
});
