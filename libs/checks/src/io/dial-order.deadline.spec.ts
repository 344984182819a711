import type { Socket } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { tcpConnect } from '../checks/tcp-connect.check.ts';
import { imapTls } from '../checks/imap-tls.check.ts';
import { runRound } from '../run-round.ts';
import { makeBench } from '../testing/bench.ts';
import { listen, silentPort, startImapServer } from '../testing/index.ts';
import { probeOnce } from '../testing/probe-once.ts';
import { ConnectTurns } from './connect-turns.ts';

const bench = await makeBench(['mail.test']);
const cleanUp: (() => Promise<unknown>)[] = [() => bench.stop()];
afterAll(() => Promise.all(cleanUp.map((each) => each())));

/** Accepts connections and counts how many are open at most at a time, whatever the number of its addresses. */
async function counting(addresses: readonly string[], talk: (socket: Socket) => void = () => undefined) {
  const seen = { open: 0, most: 0, all: 0 };
  const onSocket = (socket: Socket) => {
    seen.open += 1;
    seen.all += 1;
    seen.most = Math.max(seen.most, seen.open);
    socket.once('close', () => (seen.open -= 1)).on('error', () => undefined);
    talk(socket);
  };
  let port = 0;
  for (const address of addresses) {
    const listener = await listen({ address, port }, onSocket);
    cleanUp.push(listener.stop);
    ({ port } = listener);
  }
  return { port, seen };
}

const eight = (net: number) => Array.from({ length: 8 }, (_, i) => `127.0.${net}.${i + 1}`);

test('eight addresses are dialled one or two at a time, and each gets its facts', async () => {
  const addresses = eight(41);
  const { port, seen } = await counting(addresses, (socket) => socket.resume());
  const result = await probeOnce(tcpConnect, { host: 'mail.test', port }, { addresses });
  expect(result.outcome).toBe('pass');
  expect(result.evidence.connect?.attempts.map(({ address }) => address)).toEqual(addresses);
  // the one that the check holds, and beside it the one or two that are being looked at
  expect(seen.most).toBeLessThanOrEqual(3);
  expect(seen.all).toBeGreaterThanOrEqual(8);
});

test('a round with many checks of one place never has more than two attempts at it under way', async () => {
  let most = 0;
  let open = 0;
  const turns = new ConnectTurns();
  const waiting: (() => void)[] = [];
  const work = () =>
    new Promise<void>((resolve) => {
      open += 1;
      most = Math.max(most, open);
      waiting.push(() => {
        open -= 1;
        resolve();
      });
    });
  const all = Promise.all(Array.from({ length: 9 }, () => turns.take('192.0.2.1 993', work)));
  const other = turns.take('192.0.2.2 993', async () => 'at once');
  expect(await other).toBe('at once');
  for (let done = 0; done < 9;) {
    const next = waiting.shift();
    if (next) done += 1;
    next?.();
    await Promise.resolve();
  }
  await all;
  expect(most).toBe(2);
});

test('work that fails gives its turn on', async () => {
  const turns = new ConnectTurns();
  const failing = Array.from({ length: 3 }, () => turns.take('a', () => Promise.reject(new Error('no'))));
  expect((await Promise.allSettled(failing)).map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
  expect(await turns.take('a', async () => 'goes on')).toBe('goes on');
});

test('silent addresses all have their turn before the check is over', async () => {
  const { port, stop } = await silentPort('127.0.42.1');
  cleanUp.push(stop);
  const others = await Promise.all(
    eight(42)
      .slice(1)
      .map((address) => silentPort(address, port)),
  );
  cleanUp.push(...others.map((each) => each.stop));
  const addresses = eight(42);
  const result = await probeOnce(
    tcpConnect,
    { host: 'mail.test', port },
    { addresses, checkDeadlineMs: 6_000 },
  );
  expect(result.failure).toMatchObject({ phase: 'connect', code: 'timeout' });
  expect(result.evidence.connect?.attempts.map(({ address, outcome }) => `${address} ${outcome}`)).toEqual(
    addresses.map((address) => `${address} timeout`),
  );
  expect(result.evidence.connect?.untried).toBeUndefined();
}, 20_000);

test('a firewall that lets one source hold two connections is not tripped', async () => {
  const addresses = ['127.0.43.1', '127.0.43.2'];
  const limited = new Map<string, number>();
  const server = await startImapServer({ tls: bench.tls });
  cleanUp.push(server.stop);
  const { port } = await counting(addresses, (socket) => {
    const to = socket.localAddress ?? '';
    limited.set(to, (limited.get(to) ?? 0) + 1);
    socket.once('close', () => limited.set(to, (limited.get(to) ?? 1) - 1));
    if ((limited.get(to) ?? 0) > 2) socket.resetAndDestroy();
    else socket.resume();
  });
  const results = await runRound(
    [{ check: 'tcp.connect', target: { name: 'added', host: 'mail.test', port } }],
    { roundDeadlineMs: 10_000, checkDeadlineMs: 5_000, lookUp: async () => addresses },
  );
  expect(results[0]).toMatchObject({ outcome: 'pass' });
  expect(imapTls.needs).toBe('direct-path');
});
