import type { CheckResult } from '@mailpath/protocol';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { tlsHandshake } from '../checks/tls-handshake.check.ts';
import { runRound } from '../run-round.ts';
import type { RoundOptions } from '../round.ts';
import type { Issue, TestCa } from '../testing/index.ts';
import { listen, makeTestCa, silentPort, stall } from '../testing/index.ts';
import { probeOnce } from '../testing/probe-once.ts';

const NAME = 'outlook.test';
let ca: TestCa;
beforeAll(async () => {
  ca = await makeTestCa();
});

const running: { stop: () => Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()));
});
const started = async <Server extends { stop: () => Promise<void> }>(server: Promise<Server>) => {
  running.push(await server);
  return server;
};

const server = async (urls: Pick<Issue, 'ocsp' | 'crl'>) =>
  started(listen({ tls: await ca.issue({ names: [NAME], ...urls }) }, stall));
const options: RoundOptions = { checkDeadlineMs: 5_000, roundDeadlineMs: 10_000 };
const found = async (host: string) => {
  if (host === 'gone.test') throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
  return host === 'two.test' ? ['127.0.0.2', '127.0.0.1'] : ['127.0.0.1'];
};
const check = async (port: number, more: Partial<RoundOptions> = {}): Promise<CheckResult> => {
  const target = { name: 'added', host: NAME, port };
  const given = { ...options, lookUp: found, trust: [ca.certificate], ...more };
  const [result] = await runRound([{ check: 'tls.handshake', target }], given);
  if (!result) throw new Error('a round of one task has one result');
  return result;
};
/** A port that was this machine's own a moment ago, and that nobody listens on. */
const closedPort = async () => {
  const listener = await listen({}, stall);
  await listener.stop();
  return listener.port;
};

test('the hosts on which revocation is published are tried by themselves, and are no part of the outcome', async () => {
  const ocsp = await started(listen({}, stall));
  const refused = await closedPort();
  const crl = [
    `http://crl.test:${refused}/a.crl`,
    `http://gone.test:${ocsp.port}/`,
    `http://two.test:${ocsp.port}/`,
  ];
  const { port } = await server({ ocsp: [`http://ocsp.test:${ocsp.port}`], crl });
  const result = await check(port);
  expect(result).toMatchObject({ outcome: 'pass', reason: null });
  expect(result.evidence.tls?.revocation).toEqual([
    { host: 'ocsp.test', port: ocsp.port, outcome: 'reached', ms: expect.any(Number) },
    { host: 'crl.test', port: refused, outcome: 'refused', ms: expect.any(Number) },
    { host: 'gone.test', port: ocsp.port, outcome: 'not-found', ms: expect.any(Number) },
    { host: 'two.test', port: ocsp.port, outcome: 'reached', ms: expect.any(Number) },
  ]);
  expect(result.evidence.tls).toMatchObject({ trusted: true, anchor: 'machine' });
});

test('six checks with the same chain try each host once', async () => {
  const ocsp = await started(listen({}, stall));
  const { port } = await server({ ocsp: [`http://ocsp.test:${ocsp.port}`] });
  const target = { name: 'added', host: NAME, port };
  const tasks = Array.from({ length: 6 }, () => ({ check: 'tls.handshake', target }));
  const results = await runRound(tasks, { ...options, lookUp: found, trust: [ca.certificate] });
  expect(results.map(({ evidence }) => evidence.tls?.revocation?.map(({ outcome }) => outcome))).toEqual(
    Array.from({ length: 6 }, () => ['reached']),
  );
  expect(ocsp.accepted()).toBe(1);
});

test('a host that drops what comes holds the result up for a second, not the check, and is a time-out', async () => {
  const silent = await started(silentPort());
  const { port } = await server({ crl: [`http://crl.test:${silent.port}/`] });
  const began = performance.now();
  const result = await check(port, { checkDeadlineMs: 50_000, roundDeadlineMs: 50_000 });
  const tookMs = performance.now() - began;
  expect(tookMs).toBeLessThan(45_000);
  expect(result.outcome).toBe('pass');
  expect(result.durationMs).toBeLessThan(tookMs - 500);
  expect(result.evidence.tls?.revocation).toMatchObject([{ host: 'crl.test', outcome: 'timeout' }]);
});

test('a look-up that never ends, and a deadline before that second is over, change nothing but that fact', async () => {
  const { port } = await server({ crl: ['http://crl.test/'] });
  const lookUp = (host: string) => (host === NAME ? found(host) : new Promise<string[]>(() => undefined));
  const began = performance.now();
  const result = await check(port, { lookUp, checkDeadlineMs: 500 });
  expect(performance.now() - began).toBeLessThan(30_000);
  expect(result.outcome).toBe('pass');
  expect(result.evidence.tls?.revocation).toMatchObject([{ host: 'crl.test', port: 80, outcome: 'timeout' }]);
});

test('a chain that is not trusted tells this machine nobody to call, and neither does one when it is switched off', async () => {
  const ocsp = await started(listen({}, stall));
  const { port } = await server({ ocsp: [`http://ocsp.test:${ocsp.port}`] });
  const off = await check(port, { revocation: false });
  expect(off.outcome).toBe('pass');
  expect(off.evidence.tls).not.toHaveProperty('revocation');
  const untrusted = await check(port, { trust: [] });
  expect(untrusted.failure?.code).toBe('untrusted');
  expect(untrusted.evidence.tls).not.toHaveProperty('revocation');
  expect(ocsp.accepted()).toBe(0);
});

test('a result with revocation is one the protocol takes, and no socket is left when the round is over', async () => {
  const ocsp = await started(listen({}, stall));
  const silent = await started(silentPort());
  const crl = [`http://crl.test:${silent.port}/`];
  const { port } = await server({ ocsp: [`http://ocsp.test:${ocsp.port}`], crl });
  const before = process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;
  const place = { host: NAME, port };
  const result = await probeOnce(tlsHandshake, place, { trust: [ca.certificate], addresses: ['127.0.0.1'] });
  expect(result.evidence.tls?.revocation?.map(({ outcome }) => outcome)).toEqual(['reached', 'timeout']);
  await expect.poll(() => ocsp.open()).toBe(0);
  await expect
    .poll(() => process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length)
    .toBeLessThanOrEqual(before);
});
