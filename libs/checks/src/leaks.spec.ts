import { afterAll, beforeAll, expect, test } from 'vitest';
import { standardTasks } from './catalogue.ts';
import { runRound } from './run-round.ts';
import type { Listener, MailHost, TestCa } from './testing/index.ts';
import { listen, makeTestCa, stall, startMailHost } from './testing/index.ts';

let ca: TestCa;
let host: MailHost;
let silent: Listener;
beforeAll(async () => {
  ca = await makeTestCa();
  host = await startMailHost({ tls: await ca.issue({ names: ['127.0.0.1'] }) });
  silent = await listen({}, stall);
});
afterAll(() => Promise.all([host.stop(), silent.stop()]));

const inUse = (kinds: RegExp) => process.getActiveResourcesInfo().filter((kind) => kinds.test(kind));
const timers = () => inUse(/Timeout|Immediate/).length;
/** Our own servers' sides close a moment after the probes'. */
const noSocketIsLeft = async () => {
  await expect.poll(() => host.open() + silent.open()).toBe(0);
  await expect.poll(() => inUse(/TCPSocket|TLS|TCPConnect|GetAddrInfo/)).toEqual([]);
};

test('many rounds, passed, failed, timed out and called off, leave no socket and no timer behind', async () => {
  const smtp = { host: '127.0.0.1', port: silent.port };
  const tasks = standardTasks('worldwide', { ...host.targets, smtp, pop3: smtp });
  const oneRound = async (signal?: AbortSignal) =>
    runRound(tasks, {
      roundDeadlineMs: 5_000,
      checkDeadlineMs: 100,
      trust: [ca.certificate],
      ...(signal ? { signal } : {}),
    });
  await oneRound();
  await noSocketIsLeft();
  const before = timers();
  for (let i = 0; i < 10; i += 1) await oneRound();
  const controller = new AbortController();
  const calledOff = oneRound(controller.signal);
  controller.abort();
  await calledOff;
  await noSocketIsLeft();
  expect(timers()).toBeLessThanOrEqual(before);
});

test('a round that is done long before its deadlines leaves no timer to wait for them', async () => {
  await noSocketIsLeft();
  const before = timers();
  const options = { roundDeadlineMs: 300_000, checkDeadlineMs: 60_000, trust: [ca.certificate] };
  const lookUp = async () => ['127.0.0.1'];
  const named = { host: 'name.test', port: silent.port };
  const tasks = standardTasks('worldwide', { ...host.targets, smtp: { host: '127.0.0.1', port: 1 } });
  await runRound([...tasks, { check: 'tcp.connect', target: { name: 'named', ...named } }], {
    ...options,
    lookUp,
  });
  await noSocketIsLeft();
  expect(timers()).toBeLessThanOrEqual(before);
});
