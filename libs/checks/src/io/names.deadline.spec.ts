import type { CheckResult } from '@mailpath/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Check } from '../check.ts';
import { defineCheck } from '../check.ts';
import { tcpConnect } from '../checks/tcp-connect.check.ts';
import type { RoundOptions } from '../round.ts';
import { runRound } from '../run-round.ts';
import type { DnsServer, DnsZone } from '../testing/dns-server.ts';
import { startDnsServer } from '../testing/dns-server.ts';
import type { Listener } from '../testing/index.ts';
import { closedPort, listen, stall } from '../testing/index.ts';

const ZONE: DnsZone = {
  'mail.test': { a: ['127.0.0.1'] },
  'moved.test': { a: ['127.0.0.1'] },
  'broken.test': 'servfail',
};

let server: DnsServer;
let dead: DnsServer;
let open: Listener;
beforeAll(async () => {
  server = await startDnsServer(ZONE);
  dead = await startDnsServer({ 'mail.test': 'silent', 'broken.test': 'silent' });
  open = await listen({}, stall);
});
afterAll(() => Promise.all([server.stop(), dead.stop(), open.stop()]));

/** Comes through once the resolvers have had their time. */
const patient = defineCheck({
  id: 'patient.check',
  title: 't',
  proves: 'p',
  target: null,
  statements: [],
  needs: 'direct-path',
  run: async (_, network) => {
    await network.openTcp();
    await new Promise((resolve) => setTimeout(resolve, 1_300));
  },
});

async function one(
  host: string,
  options: Partial<RoundOptions>,
  port = open.port,
  check: Check = tcpConnect,
) {
  const began = performance.now();
  const [result] = await runRound([{ check: check.id, target: { name: 'added', host, port } }], {
    roundDeadlineMs: 50_000,
    checkDeadlineMs: 45_000,
    lookUp: async () => ['127.0.0.1'],
    catalogue: [tcpConnect, patient],
    ...options,
  });
  return { result: result as CheckResult, tookMs: performance.now() - began };
}

const systemFails = async (): Promise<never> => {
  throw Object.assign(new Error('getaddrinfo EAI_AGAIN'), { code: 'EAI_AGAIN' });
};

test.concurrent('each resolver’s own answer stands beside the system’s', async () => {
  const { result } = await one('mail.test', { resolvers: [server.place] }, open.port, patient);
  expect(result.outcome).toBe('pass');
  expect(result.evidence.dns).toMatchObject({
    addresses: ['127.0.0.1'],
    error: null,
    resolvers: [
      { server: server.place, a: { status: 'answer', records: ['127.0.0.1'] }, aaaa: { status: 'empty' } },
    ],
  });
});

test.concurrent('a check that passes waits for no resolver, as one that fails does', async () => {
  const resolvers = [dead.place, server.place];
  const ended: string[] = [];
  const failing = one('mail.test', { resolvers, lookUp: systemFails }).then(() => ended.push('failed'));
  const { result } = await one('mail.test', { resolvers });
  ended.push(result.outcome);
  await failing;
  expect(ended).toEqual(['pass', 'failed']);
});

test.concurrent('a dead resolver before a good one is seen by a check that takes its time', async () => {
  const { result } = await one('mail.test', { resolvers: [dead.place, server.place] }, open.port, patient);
  expect(result.outcome).toBe('pass');
  expect(result.evidence.dns?.resolvers).toMatchObject([
    { server: dead.place, a: { status: 'timeout' }, aaaa: { status: 'timeout' } },
    { server: server.place, a: { status: 'answer' } },
  ]);
});

test.concurrent('what the system only calls a failure is told by the resolvers, in two seconds', async () => {
  const resolvers = [server.place, dead.place];
  const { result, tookMs } = await one('broken.test', { resolvers, lookUp: systemFails });
  expect(result.failure).toMatchObject({ phase: 'resolve', code: 'resolver-failed' });
  expect(result.evidence.dns).toMatchObject({
    error: 'EAI_AGAIN',
    resolvers: [{ a: { status: 'servfail' } }, { a: { status: 'timeout' } }],
  });
  expect(tookMs).toBeLessThan(30_000);
  expect(result.durationMs).toBeLessThan(tookMs / 2);
});

test.concurrent('an entry of the hosts file is an address that no resolver gives', async () => {
  const lookUp = async () => ['127.0.0.9'];
  const { result } = await one('moved.test', { resolvers: [server.place], lookUp }, await closedPort());
  const { addresses, resolvers } = result.evidence.dns ?? {};
  expect(result.failure).toMatchObject({ phase: 'connect', code: 'refused' });
  expect(addresses).toEqual(['127.0.0.9']);
  expect(resolvers).toMatchObject([{ a: { status: 'answer', records: ['127.0.0.1'] } }]);
});

test.concurrent('a name is asked once in a round, however it is written and whoever needs it', async () => {
  const mine = await startDnsServer(ZONE);
  const target = { name: 'added', port: 1 };
  await runRound(
    ['mail.test', 'MAIL.test', 'mail.test'].map((host) => ({
      check: 'tcp.connect',
      target: { ...target, host },
    })),
    {
      roundDeadlineMs: 5_000,
      checkDeadlineMs: 5_000,
      lookUp: async () => ['127.0.0.1'],
      resolvers: [mine.place],
    },
  );
  expect(mine.questions().toSorted()).toEqual(['A mail.test', 'AAAA mail.test']);
  await mine.stop();
});

test.concurrent.each([
  ['an address', '127.0.0.1', {}],
  ['a name whose addresses are pinned', 'mail.test', { pins: new Map([['mail.test', ['127.0.0.1']]]) }],
  ['a name that the system completes', 'localhost', {}],
])('%s is not asked of the resolvers', async (_, host, options) => {
  const mine = await startDnsServer(ZONE);
  const { result } = await one(host, { resolvers: [mine.place], ...options }, await closedPort());
  expect(result.failure?.code).toBe('refused');
  expect(result.evidence.dns?.resolvers).toBeUndefined();
  expect(mine.questions()).toEqual([]);
  await mine.stop();
});

test.concurrent('a round that is called off does not wait for its resolvers', async () => {
  const controller = new AbortController();
  const order: string[] = [];
  const options = { resolvers: [dead.place], lookUp: systemFails };
  const calledOff = one('broken.test', {
    ...options,
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  // The other one begins at the same moment, and waits for the time that a silent resolver is given.
  const waiting = one('broken.test', options);
  await Promise.all([
    calledOff.then(() => order.push('called off')),
    waiting.then(() => order.push('waiting')),
  ]);
  expect(order).toEqual(['called off', 'waiting']);
});

test.concurrent(
  'addresses that cannot be Microsoft’s are marked, an address that was the target is not',
  async () => {
    const lookUp = async () => ['127.0.0.1', '224.0.0.1'];
    const { result } = await one('mail.test', { lookUp });
    expect(result.evidence.dns?.unusual).toEqual(['127.0.0.1 loopback', '224.0.0.1 multicast']);
    expect((await one('127.0.0.1', {})).result.evidence.dns).toBeUndefined();
  },
);

test.concurrent(
  'a name that only a resolver gives in time is gone on with, and the silence is told',
  async () => {
    const one4 = await startDnsServer({ 'half.test': { a: ['127.0.0.1'], aaaa: 'silent' } });
    // As getaddrinfo does: it waits for the other family till all of its tries are over.
    const lookUp = () => new Promise<never>(() => undefined);
    const { result } = await one('half.test', { resolvers: [one4.place], lookUp, checkDeadlineMs: 5_000 });
    expect(result).toMatchObject({ outcome: 'warn', failure: null });
    expect(result.reason).toMatch(/gave no address within \d\.\d s; .* resolver 127\.0\.0\.1:\d+ answers/);
    expect(result.evidence.dns).toMatchObject({
      error: 'timeout',
      addresses: ['127.0.0.1'],
      borrowedFrom: one4.place,
      resolvers: [{ a: { state: 'answered' }, aaaa: { state: 'no-answer' } }],
    });
    await one4.stop();
  },
);

test.concurrent('a system that says no is believed, whatever a resolver says', async () => {
  const { result } = await one('mail.test', { resolvers: [server.place], lookUp: systemFails });
  expect(result.failure).toMatchObject({ phase: 'resolve', code: 'resolver-failed' });
  expect(result.evidence.dns?.borrowedFrom).toBeUndefined();
});

test.concurrent(
  'what the machine’s settings say of a name is told where something is wrong, and where they name it',
  async () => {
    const settings = { resolvers: ['127.0.0.53'], search: ['corp.test'], hosts: [] as string[], error: null };
    const nameSettings = () => settings;
    const failed = await one('gone.test', { resolvers: [server.place], nameSettings, lookUp: systemFails });
    expect(failed.result.evidence.dns?.settings).toEqual(settings);
    const good = await one('mail.test', { resolvers: [server.place], nameSettings });
    expect(good.result.evidence.dns?.settings).toBeUndefined();
    const named = () => ({ ...settings, hosts: ['127.0.0.1'] });
    const entry = await one('mail.test', { resolvers: [server.place], nameSettings: named });
    expect(entry.result.evidence.dns?.settings?.hosts).toEqual(['127.0.0.1']);
  },
);
