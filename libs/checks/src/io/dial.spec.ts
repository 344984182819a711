import { afterAll, expect, test, vi } from 'vitest';
import { tcpConnect } from '../checks/tcp-connect.check.ts';
import { runRound } from '../run-round.ts';
import { closedPort, listen, silentPort, stall } from '../testing/index.ts';
import { probeOnce } from '../testing/probe-once.ts';

/** TCP never goes to a multicast address: the kernel answers "network unreachable" without a packet. */
const UNREACHABLE_6 = 'ff02::1';
const NAME = 'mail.test';

const cleanUp: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const stop of cleanUp.splice(0)) await stop();
});

/** The same port, open on all of these addresses. */
async function openOn(addresses: readonly string[], port = 0) {
  const [address = '127.0.0.1', ...others] = addresses;
  const first = await listen({ address, port }, stall);
  cleanUp.push(first.stop);
  const more = await Promise.all(others.map((other) => listen({ address: other, port: first.port }, stall)));
  cleanUp.push(...more.map(({ stop }) => stop));
  return { port: first.port, listeners: [first, ...more] };
}

const dialled = (port: number, addresses: readonly string[], checkDeadlineMs = 45_000) =>
  probeOnce(tcpConnect, { host: NAME, port }, { addresses, checkDeadlineMs });

test('of addresses that are all up the first is taken, the others are closed at once, and it passes', async () => {
  const addresses = ['127.0.0.3', '127.0.0.2', '127.0.0.4'];
  const { port, listeners } = await openOn(addresses);
  const result = await dialled(port, addresses);
  expect(result).toMatchObject({ outcome: 'pass', reason: null });
  expect(result.evidence.connect).toMatchObject({
    used: '127.0.0.3',
    attempts: addresses.map((address) => ({ address, outcome: 'reached' })),
  });
  await expect.poll(() => listeners.map((each) => each.open())).toEqual([0, 0, 0]);
});

test('IPv6 that is up beside IPv4 is reached too', async () => {
  const { port } = await openOn(['127.0.0.1', '::1']);
  const result = await dialled(port, ['::1', '127.0.0.1']);
  expect(result.outcome).toBe('pass');
  expect(result.evidence.connect?.attempts).toMatchObject([
    { address: '::1', family: 6, outcome: 'reached' },
    { address: '127.0.0.1', family: 4, outcome: 'reached' },
  ]);
});

test('a machine without IPv6 passes, and the evidence has the system’s word for it', async () => {
  const { port } = await openOn(['127.0.0.1']);
  const result = await dialled(port, [UNREACHABLE_6, '127.0.0.1']);
  expect(result).toMatchObject({ outcome: 'pass', reason: null });
  expect(result.evidence.connect?.attempts[0]).toMatchObject({
    family: 6,
    outcome: 'unreachable',
    detail: 'ENETUNREACH',
  });
});

test('IPv6 that is refused, or has no way to one address of two, is a warning', async () => {
  const { port } = await openOn(['127.0.0.1']);
  const refused = await dialled(port, ['127.0.0.1', '::1']);
  expect(refused).toMatchObject({
    outcome: 'warn',
    reason: '1 of 2 addresses failed while another was reached: ::1 refused the connection',
  });
  const half = await openOn(['127.0.0.1', '::1']);
  expect((await dialled(half.port, ['127.0.0.1', '::1', UNREACHABLE_6])).outcome).toBe('warn');
});

test('one silent address among those that are up makes the result wait, never longer than the deadline', async () => {
  const hole = await silentPort('127.0.0.2');
  cleanUp.push(hole.stop);
  await openOn(['127.0.0.3', '127.0.0.4'], hole.port);
  const began = performance.now();
  const result = await dialled(hole.port, ['127.0.0.2', '127.0.0.3', '127.0.0.4'], 700);
  expect(performance.now() - began).toBeLessThan(30_000);
  expect(result).toMatchObject({
    outcome: 'warn',
    failure: null,
    reason: '1 of 3 addresses failed while another was reached: 127.0.0.2 did not answer',
  });
  expect(result.evidence.connect?.attempts.map(({ outcome }) => outcome)).toEqual([
    'timeout',
    'reached',
    'reached',
  ]);
});

test('at most sixteen addresses are dialled, and all of them are known', async () => {
  const addresses = Array.from({ length: 20 }, (_, i) => `127.0.0.${i + 10}`);
  const { port, listeners } = await openOn(addresses.slice(0, 17));
  const result = await dialled(port, addresses);
  expect(result.evidence.dns?.addresses).toHaveLength(20);
  expect(result.evidence.connect?.attempts.map(({ address }) => address)).toEqual(addresses.slice(0, 16));
  const refused = await dialled(await closedPort('127.0.0.10'), addresses);
  expect(refused.failure?.message).toContain('16 of 20 tried: 16 refused the connection');
  await expect.poll(() => listeners.slice(0, 16).every((each) => each.accepted() > 0)).toBe(true);
  expect(listeners.at(-1)?.accepted()).toBe(0);
});

test('the round trip is measured by three connects of one check for each host and port, and nothing stays open', async () => {
  const round = async () => {
    const { port, listeners } = await openOn(['127.0.0.1']);
    const other = await openOn(['127.0.0.1']);
    const task = (host: string, at: number) => ({
      check: 'tcp.connect',
      target: { name: 'added', host, port: at },
    });
    const results = await runRound([task(NAME, port), task('MAIL.test', port), task(NAME, other.port)], {
      roundDeadlineMs: 50_000,
      checkDeadlineMs: 45_000,
      lookUp: async () => ['127.0.0.1'],
    });
    return { listeners, connects: results.map(({ evidence }) => evidence.connect) };
  };
  // A machine that stands still for a moment loses a measurement, as a lost packet would: the next round has it.
  let { listeners, connects } = await round();
  const counts = () => connects.map((connect) => connect?.roundTrip?.count);
  await vi.waitFor(async () => {
    if (counts().join() !== '3,,3') ({ listeners, connects } = await round());
    expect(counts()).toEqual([3, undefined, 3]);
  });
  const { medianMs, spreadMs } = connects[0]?.roundTrip ?? { medianMs: -1, spreadMs: -1 };
  expect(medianMs).toBeGreaterThanOrEqual(0);
  expect(spreadMs).toBeGreaterThanOrEqual(0);
  await expect.poll(() => listeners[0]?.accepted()).toBe(4);
  expect(connects[0]?.localAddress).toBe('127.0.0.1');
  await expect.poll(() => listeners[0]?.open()).toBe(0);
});
