import { existsSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { standardTasks } from './catalogue.ts';
import { runRound } from './run-round.ts';
import type { DnsServer } from './testing/dns-server.ts';
import { startDnsServer } from './testing/dns-server.ts';
import type { Listener, MailHost, TestCa } from './testing/index.ts';
import { listen, makeTestCa, stall, startMailHost } from './testing/index.ts';

let ca: TestCa;
let host: MailHost;
let silent: Listener;
let resolver: DnsServer;
beforeAll(async () => {
  ca = await makeTestCa();
  host = await startMailHost({ tls: await ca.issue({ names: ['127.0.0.1'] }) });
  silent = await listen({}, stall);
  resolver = await startDnsServer({ 'mail.test': { a: ['127.0.0.1'] }, 'quiet.test': 'silent' });
});
afterAll(() => Promise.all([host.stop(), silent.stop(), resolver.stop()]));

const inUse = (kinds: RegExp) => process.getActiveResourcesInfo().filter((kind) => kinds.test(kind));
/**
 * Resolvers do not show among the active resources, their sockets do among the open files, where the system lists them.
 */
const openFiles = () => (existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0);
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

test('resolvers and addresses that are dead, slow or given up leave no socket, file and timer behind', async () => {
  await noSocketIsLeft();
  const addresses = ['127.0.0.1', '127.0.0.2', '::1', '224.0.0.1', 'ff02::1'];
  const tasks = ['mail.test', 'quiet.test', 'gone.test'].flatMap((name) => [
    { check: 'tcp.connect', target: { name: 'open', host: name, port: silent.port } },
    { check: 'tls.handshake', target: { name: 'silent', host: name, port: silent.port } },
  ]);
  const oneRound = (signal: AbortSignal) =>
    runRound(tasks, {
      roundDeadlineMs: 5_000,
      checkDeadlineMs: 200,
      signal,
      lookUp: async () => addresses,
      resolvers: [resolver.place, '127.0.0.1:9', 'nobody'],
    });
  await oneRound(new AbortController().signal);
  await noSocketIsLeft();
  const before = { timers: timers(), udp: inUse(/UDP|QUERY/).length, files: openFiles() };
  for (let i = 0; i < 5; i += 1) await oneRound(new AbortController().signal);
  const controller = new AbortController();
  const calledOff = oneRound(controller.signal);
  controller.abort();
  await calledOff;
  await noSocketIsLeft();
  expect(timers()).toBeLessThanOrEqual(before.timers);
  await expect.poll(() => inUse(/UDP|QUERY/).length).toBe(before.udp);
  await expect.poll(openFiles).toBeLessThanOrEqual(before.files);
});
