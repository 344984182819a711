import type { Task } from '@mailpath/protocol';
import { CheckResult } from '@mailpath/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { standardTasks } from './catalogue.ts';
import { defineCheck } from './check.ts';
import type { RoundOptions, RoundProgress } from './round.ts';
import { runRound } from './run-round.ts';
import type { Listener, MailHost, TestCa } from './testing/index.ts';
import { listen, makeTestCa, stall, startMailHost } from './testing/index.ts';

let ca: TestCa;
let host: MailHost;
let silent: Listener;
beforeAll(async () => {
  ca = await makeTestCa();
  host = await startMailHost({ tls: await ca.issue({ names: ['127.0.0.1', 'outlook.test', 'smtp.test'] }) });
  silent = await listen({}, stall);
});
afterAll(() => Promise.all([host.stop(), silent.stop()]));

const wedged = defineCheck({
  id: 'wedged.for-ever',
  title: 'never comes back',
  proves: 'nothing.',
  target: null,
  statements: ['S51'],
  needs: 'direct-path',
  run: (run) => run.phase('greet', () => new Promise<never>(() => undefined)),
});

const task = (check: string, port: number, at = '127.0.0.1'): Task => ({
  check,
  target: { name: 'added', host: at, port },
});

async function round(tasks: readonly Task[], options: Partial<RoundOptions> = {}): Promise<CheckResult[]> {
  const results = await runRound(tasks, {
    roundDeadlineMs: 50_000,
    checkDeadlineMs: 45_000,
    trust: [ca.certificate],
    ...options,
  });
  for (const result of results) expect(CheckResult.parse(result)).toEqual(result);
  return results;
}

test.concurrent('a healthy host passes every standard check, in the order of the tasks', async () => {
  const tasks = standardTasks('worldwide', host.targets);
  const results = await round(tasks);
  expect(results.map(({ check, outcome, failure }) => ({ check, outcome, failure }))).toEqual(
    tasks.map(({ check }) => ({ check, outcome: 'pass', failure: null })),
  );
  expect(new Set(results.map(({ id }) => id)).size).toBe(tasks.length);
});

test.concurrent(
  'every name is looked up once, whatever the number of its checks, and an address never',
  async () => {
    const asked: string[] = [];
    const { imap, pop3, smtp } = host.ports;
    const tasks = [
      task('imap.tls', imap, 'outlook.test'),
      task('pop3.tls', pop3, 'outlook.test'),
      task('smtp.submission', smtp, 'smtp.test'),
      task('tcp.connect', smtp),
    ];
    const results = await round(tasks, {
      lookUp: async (name) => {
        asked.push(name);
        return ['127.0.0.1'];
      },
    });
    expect(results.map(({ outcome }) => outcome)).toEqual(['pass', 'pass', 'pass', 'pass']);
    expect(asked.toSorted()).toEqual(['outlook.test', 'smtp.test']);
    const [first, second] = results;
    expect(first?.evidence.dns).toEqual(second?.evidence.dns);
    expect(results[3]?.evidence.dns).toBeUndefined();
  },
);

test.concurrent('the system’s own look-up is the default', async () => {
  const [result] = await round([task('tcp.connect', host.ports.imap, 'localhost')]);
  expect(result?.evidence.dns?.addresses).toContain('127.0.0.1');
  expect(result?.failure).toBeNull();
});

test.concurrent.each([
  ['ENOTFOUND', 'not-found', 'ENOTFOUND'],
  ['EAI_AGAIN', 'resolver-failed', 'EAI_AGAIN'],
])(
  'a look-up that ends in %s fails the checks of that name in resolve, and no other',
  async (code, expected, error) => {
    const lookUp = async (): Promise<never> => {
      throw Object.assign(new Error(code), { code });
    };
    const results = await round([task('imap.tls', 993, 'gone.test'), task('imap.tls', host.ports.imap)], {
      lookUp,
    });
    expect(results[0]?.failure).toMatchObject({ phase: 'resolve', code: expected });
    expect(results[0]?.evidence.dns).toMatchObject({ addresses: [], error });
    expect(results[1]?.outcome).toBe('pass');
  },
);

test.concurrent('a name without any address is not found', async () => {
  const [result] = await round([task('imap.tls', 993, 'empty.test')], { lookUp: async () => [] });
  expect(result?.failure).toMatchObject({ phase: 'resolve', code: 'not-found' });
});

test.concurrent(
  'a resolver that never answers is given up at the check’s deadline and holds nobody else up',
  async () => {
    const lookUp = () => new Promise<never>(() => undefined);
    const tasks = [task('imap.tls', 993, 'slow.test'), task('imap.tls', host.ports.imap)];
    const results = await round(tasks, { lookUp, checkDeadlineMs: 5_000 });
    expect(results[0]?.failure).toMatchObject({ phase: 'resolve', code: 'timeout' });
    expect(results[0]?.failure?.message).toMatch(
      /^this machine's resolver gave no answer for slow\.test within \d+\.\d s$/,
    );
    expect(results[1]?.outcome).toBe('pass');
  },
);

test.concurrent('a slow look-up is told in resolve and takes nothing from the check’s own time', async () => {
  const lookUp = async () => {
    await new Promise((resolve) => setTimeout(resolve, 400));
    return ['127.0.0.1'];
  };
  const [result] = await round([task('tls.handshake', silent.port, 'slow.test')], {
    lookUp,
    checkDeadlineMs: 600,
  });
  const [resolve, connect, tls] = result?.phases ?? [];
  expect(resolve?.ms).toBeGreaterThan(350);
  expect((connect?.ms ?? 0) + (tls?.ms ?? 0)).toBeGreaterThan(550);
});

test.concurrent('a wedged check delays no other and is answered at its deadline', async () => {
  const began = performance.now();
  const done: string[] = [];
  const tasks = [task('wedged.for-ever', 1), task('tcp.connect', host.ports.imap)];
  const { tcpConnect } = await import('./checks/tcp-connect.check.ts');
  const results = await round(tasks, {
    catalogue: [wedged, tcpConnect],
    checkDeadlineMs: 500,
    onProgress: (event) => 'result' in event && done.push(event.task.check),
  });
  expect(performance.now() - began).toBeLessThan(30_000);
  expect(results.map(({ outcome }) => outcome)).toEqual(['fail', 'pass']);
  expect(results[0]?.failure).toMatchObject({ phase: 'greet', code: 'timeout' });
  expect(done).toEqual(['tcp.connect', 'wedged.for-ever']);
});

test.concurrent('the round’s deadline ends checks that have time of their own left', async () => {
  const began = performance.now();
  const [result] = await round([task('tls.handshake', silent.port)], {
    roundDeadlineMs: 300,
    checkDeadlineMs: 50_000,
  });
  expect(performance.now() - began).toBeLessThan(30_000);
  expect(result?.failure).toMatchObject({ phase: 'tls', code: 'timeout' });
});

test.concurrent('a task whose round was over before it began is skipped with the reason', async () => {
  const [result] = await round([task('tcp.connect', silent.port)], { roundDeadlineMs: 0 });
  expect(result).toMatchObject({
    outcome: 'skipped',
    reason: "the round's 0.0 s were over before this check could begin",
  });
});

test.concurrent('a check that is not known is skipped, and the others run', async () => {
  const results = await round([task('graph.future', 1), task('tcp.connect', host.ports.imap)]);
  expect(results[0]).toMatchObject({
    check: 'graph.future',
    outcome: 'skipped',
    reason: 'this agent does not know the check graph.future',
  });
  expect(results[1]?.outcome).toBe('pass');
});

test.concurrent('a round that is called off answers every task as skipped, at once', async () => {
  const controller = new AbortController();
  const running = round([task('tls.handshake', silent.port), task('wedged.for-ever', 1, 'slow.test')], {
    signal: controller.signal,
    lookUp: () => new Promise<never>(() => undefined),
    onProgress: (event) => 'phase' in event && event.phase === 'tls' && controller.abort(),
  });
  expect((await running).map(({ outcome }) => outcome)).toEqual(['skipped', 'skipped']);
  const afterwards = await round([task('tcp.connect', silent.port)], { signal: controller.signal });
  expect(afterwards[0]?.reason).toBe('the round was called off');
});

test.concurrent('progress tells every phase as it begins and every result', async () => {
  const told: string[] = [];
  const tell = (event: RoundProgress) => told.push('phase' in event ? event.phase : event.result.outcome);
  const lookUp = async () => ['127.0.0.1'];
  await round([task('smtp.submission', host.ports.smtp, 'smtp.test')], { onProgress: tell, lookUp });
  expect(told).toEqual(['resolve', 'connect', 'greet', 'starttls', 'tls', 'greet', 'pass']);
  told.length = 0;
  await round([task('tcp.connect', host.ports.smtp)], { onProgress: tell });
  expect(told).toEqual(['connect', 'pass']);
});

test.concurrent('a round without tasks has no results', async () => {
  expect(await round([])).toEqual([]);
});
