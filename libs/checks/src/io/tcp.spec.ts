import { afterAll, expect, test } from 'vitest';
import { tcpConnect } from '../checks/tcp-connect.check.ts';
import { closedPort, listen, silentPort, stall } from '../testing/index.ts';
import { phasesOf, probeOnce } from '../testing/probe-once.ts';

/** TCP never goes to a multicast address: the kernel answers "network unreachable" without a packet. */
const UNREACHABLE = '224.0.0.1';
const UNREACHABLE_6 = 'ff02::1';
const NAME = 'mail.test';

const cleanUp: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const stop of cleanUp.splice(0)) await stop();
});

async function openPort(address: string): Promise<number> {
  const listener = await listen({ address }, stall);
  cleanUp.push(listener.stop);
  return listener.port;
}

async function silent(address?: string): Promise<number> {
  const hole = await silentPort(address);
  cleanUp.push(hole.stop);
  return hole.port;
}

test.concurrent('an open port passes, and the address that answered is evidence', async () => {
  const port = await openPort('127.0.0.1');
  const result = await probeOnce(tcpConnect, { host: '127.0.0.1', port });
  expect(result).toMatchObject({ outcome: 'pass', failure: null, reason: null });
  expect(phasesOf(result)).toEqual(['connect']);
  expect(result.evidence.connect).toMatchObject({
    used: '127.0.0.1',
    attempts: [{ address: '127.0.0.1', family: 4, outcome: 'reached' }],
  });
  expect(result.evidence.dns).toBeUndefined();
});

test.concurrent('a closed port is refused, and the sentence names host, port and address', async () => {
  const port = await closedPort();
  const result = await probeOnce(tcpConnect, { host: NAME, port }, { addresses: ['127.0.0.1'] });
  expect(result.failure).toEqual({
    phase: 'connect',
    code: 'refused',
    message: `${NAME}:${port} (127.0.0.1) refused the connection`,
  });
  expect(phasesOf(result)).toEqual(['resolve', 'connect']);
});

test.concurrent('a port that drops what comes is a time-out in connect, told with its time', async () => {
  const port = await silent();
  const result = await probeOnce(
    tcpConnect,
    { host: NAME, port },
    { addresses: ['127.0.0.1'], checkDeadlineMs: 300 },
  );
  expect(result.failure).toMatchObject({ phase: 'connect', code: 'timeout' });
  expect(result.failure?.message).toMatch(
    new RegExp(`^mail\\.test:${port} \\(127\\.0\\.0\\.1\\) did not answer within 0\\.\\d s$`),
  );
  expect(result.evidence.connect).toMatchObject({ used: null, attempts: [{ outcome: 'timeout' }] });
});

test.concurrent(
  'every address is dialled, those that fail make a warning, and a machine without IPv6 is none',
  async () => {
    const port = await openPort('127.0.0.4');
    const addresses = ['127.0.0.2', UNREACHABLE_6, '127.0.0.4', '127.0.0.5', UNREACHABLE];
    const result = await probeOnce(tcpConnect, { host: NAME, port }, { addresses });
    expect(result.outcome).toBe('warn');
    expect(result.reason).toBe(
      '3 of 5 addresses failed while another was reached: 127.0.0.2 refused the connection; ' +
        '127.0.0.5 refused the connection; 224.0.0.1 cannot be reached (ENETUNREACH: this machine has no route to it)',
    );
    expect(result.evidence.connect).toMatchObject({
      used: '127.0.0.4',
      attempts: [
        { address: '127.0.0.2', family: 4, outcome: 'refused', detail: 'ECONNREFUSED' },
        {
          address: UNREACHABLE_6,
          family: 6,
          outcome: 'unreachable',
          detail: 'ENETUNREACH',
          unreachable: 'no-route',
        },
        { address: '127.0.0.4', family: 4, outcome: 'reached' },
        { address: '127.0.0.5', family: 4, outcome: 'refused' },
        { address: UNREACHABLE, family: 4, outcome: 'unreachable' },
      ],
    });
    expect(result.evidence.dns?.addresses).toEqual(addresses);
  },
);

test.concurrent(
  'an address that drops gets its own time, and delays neither the others nor the check, only its result',
  async () => {
    const port = await silent('127.0.0.2');
    const listener = await listen({ address: '127.0.0.3', port }, stall);
    cleanUp.push(listener.stop);
    const result = await probeOnce(
      tcpConnect,
      { host: NAME, port },
      { addresses: ['127.0.0.2', '127.0.0.3'] },
    );
    expect(result.outcome).toBe('warn');
    expect(result.reason).toContain('127.0.0.2 did not answer');
    expect(result.evidence.connect?.used).toBe('127.0.0.3');
    const [first, second] = result.evidence.connect?.attempts ?? [];
    expect(first).toMatchObject({ address: '127.0.0.2', outcome: 'timeout' });
    expect(first?.ms).toBeGreaterThan(900);
    expect(first?.ms).toBeLessThan(30_000);
    expect(result.durationMs).toBeLessThan((first?.ms ?? 0) / 2);
    expect(second).toMatchObject({ address: '127.0.0.3', outcome: 'reached' });
  },
);

test.concurrent(
  'when no address answers, a missing IPv6 route does not hide the time-out, and the sentence counts',
  async () => {
    const port = await silent();
    const result = await probeOnce(
      tcpConnect,
      { host: NAME, port },
      { addresses: [UNREACHABLE_6, UNREACHABLE, '127.0.0.1'], checkDeadlineMs: 500 },
    );
    expect(result.failure).toEqual({
      phase: 'connect',
      code: 'timeout',
      message:
        `${NAME}:${port} could not be reached at any address; 3 tried: ` +
        '2 cannot be reached (ENETUNREACH: this machine has no route to it), 1 did not answer',
    });
  },
);

test.concurrent('an address that drops keeps no other from being tried before the deadline', async () => {
  const port = await silent();
  const result = await probeOnce(
    tcpConnect,
    { host: NAME, port },
    { addresses: ['127.0.0.9', '127.0.0.1', '127.0.0.8'], checkDeadlineMs: 400 },
  );
  expect(result.failure?.code).toBe('refused');
  expect(result.failure?.message).toBe(
    `${NAME}:${port} could not be reached at any address; 3 tried: 2 refused the connection, 1 did not answer`,
  );
});

test.concurrent('every address refused is refused', async () => {
  const port = await closedPort('127.0.0.2');
  const result = await probeOnce(tcpConnect, { host: NAME, port }, { addresses: ['127.0.0.2', '127.0.0.3'] });
  expect(result.failure?.code).toBe('refused');
  expect(result.failure?.message).toContain('2 tried: 2 refused the connection');
});

test.concurrent('an IPv6 address is reached, and written in brackets where it is refused', async () => {
  const port = await openPort('::1');
  expect((await probeOnce(tcpConnect, { host: '::1', port })).outcome).toBe('pass');
  const refused = await probeOnce(tcpConnect, { host: '::1', port: await closedPort('::1') });
  expect(refused.failure?.message).toMatch(/^\[::1\]:\d+ refused the connection$/);
});
