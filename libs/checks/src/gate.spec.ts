import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import type { Task } from '@mailpath/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connected } from './io/dial.ts';
import type { Gate, Peer } from './io/gate.ts';
import { RevocationTries } from './io/revocation.ts';
import type { RoundOptions } from './round.ts';
import { runRound } from './run-round.ts';
import { lookAgain } from './second-look.ts';

/** A place on this machine that counts who comes. */
let inside: { port: number; met: number };
let server: net.Server;
beforeEach(async () => {
  server = net.createServer((socket) => {
    inside.met += 1;
    socket.on('error', () => socket.destroy()).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  inside = { port: (server.address() as AddressInfo).port, met: 0 };
});
afterEach(() => server.close());

/** Permits no loopback, and keeps what it was asked. */
function gateKept(): { gate: Gate; asked: Peer[] } {
  const asked: Peer[] = [];
  return {
    asked,
    gate: (peer) => {
      asked.push(peer);
      return /^(127\.|::ffff:127\.|::1$)/.test(peer.address) ? `${peer.address} is barred` : null;
    },
  };
}

const task = (host: string, check = 'tcp.connect', more: Partial<Task> = {}): Task => ({
  check,
  target: { name: 'imap', host, port: inside.port },
  ...more,
});
const options = (more: Partial<RoundOptions>): RoundOptions => ({
  roundDeadlineMs: 10_000,
  checkDeadlineMs: 10_000,
  ...more,
});

describe('a gate', () => {
  it.each([
    ['an address', '127.0.0.1', undefined],
    ['a decimal address', '2130706433', undefined],
    ['a hexadecimal address', '0x7f.1', undefined],
    ['an octal address', '0177.0.0.1', undefined],
    ['a short address', '127.1', undefined],
    ['an IPv4-mapped address', '::ffff:127.0.0.1', undefined],
    ['a name that leads inside', 'mail.test', ['127.0.0.1']],
    ['a name that leads inside beside a public address', 'mail.test', ['192.0.2.1', '127.0.0.1']],
    ['a name with an IPv4-mapped address', 'mail.test', ['::ffff:127.0.0.1']],
  ])('keeps a check from %s, which is skipped and says why', async (_, host, addresses) => {
    const { gate } = gateKept();
    const lookUp = addresses ? { lookUp: async () => addresses } : {};
    const [result] = await runRound([task(host)], options({ gate, ...lookUp }));
    expect(result).toMatchObject({
      outcome: 'skipped',
      reason: expect.stringMatching(/is barred$/) as string,
      evidence: { policy: { barred: 'address', host, port: inside.port, range: 'loopback' } },
    });
    expect(inside.met).toBe(0);
  });

  it('leaves in the result what the name was looked up as', async () => {
    const addresses = ['192.0.2.1', '127.0.0.1'];
    const { gate } = gateKept();
    const [result] = await runRound([task('mail.test')], options({ gate, lookUp: async () => addresses }));
    expect(result?.evidence.dns).toMatchObject({ addresses, error: null });
  });

  it('keeps nobody from what it permits', async () => {
    const asked: Peer[] = [];
    const gate: Gate = (peer) => (asked.push(peer), null);
    const lookUp = async () => ['127.0.0.1'];
    const [result] = await runRound([task('mail.test')], options({ gate, lookUp, roundTrip: false }));
    expect(result?.outcome).toBe('pass');
    // After the look-up, before the connect, and of the end that is there.
    expect(asked).toEqual(
      Array.from({ length: 3 }, () => ({
        host: 'mail.test',
        port: inside.port,
        address: '127.0.0.1',
        for: 'target',
      })),
    );
  });

  it('is asked again when a name has another address at the second look', async () => {
    const gone = net.createServer().listen(0, '127.0.0.2');
    await once(gone, 'listening');
    const { port } = gone.address() as AddressInfo;
    gone.close();
    let looked = 0;
    const lookUp = async () => [(looked += 1) === 1 ? '127.0.0.2' : '127.0.0.1'];
    const gate: Gate = ({ address }) => (address === '127.0.0.1' ? 'barred' : null);
    const [failed] = await runRound(
      [{ check: 'tcp.connect', target: { name: 'imap', host: 'mail.test', port } }],
      options({ gate, lookUp }),
    );
    expect(failed).toMatchObject({ outcome: 'fail' });
    expect(failed && (await lookAgain([failed], options({ gate, lookUp })))).toEqual([]);
    expect(looked).toBe(2);
  });

  it('stands before a proxy, and before an address behind it', async () => {
    const proxy = new URL(`http://127.0.0.1:${inside.port}`);
    const onlyTheProxy: Gate = ({ for: use }) => (use === 'proxy' ? 'no proxy' : null);
    const onlyTheTarget: Gate = ({ for: use }) => (use === 'target' ? 'no target' : null);
    const web = (host: string) => [task(host, 'https.exchange')];
    const given = { proxyFor: () => proxy };
    const reasons = await Promise.all([
      runRound(web('login.test'), options({ ...given, gate: onlyTheProxy })),
      runRound(web('10.0.0.5'), options({ ...given, gate: onlyTheTarget })),
    ]);
    expect(reasons.flat().map(({ reason }) => reason)).toEqual(['no proxy', 'no target']);
    expect(inside.met).toBe(0);
  });

  it('stands before the place at which a mailbox is read', async () => {
    const { gate } = gateKept();
    const lookUp = async (host: string) => [host === 'read.test' ? '127.0.0.1' : '192.0.2.1'];
    const reading = { protocol: 'imap' as const, host: 'read.test', port: inside.port };
    const reader = {
      id: 'test.reads',
      needs: 'mailbox-reader' as const,
      run: async () => expect.unreachable(),
    };
    const [result] = await runRound(
      [task('send.test', reader.id, { reading })],
      options({ gate, lookUp, catalogue: [reader as never] }),
    );
    expect(result?.outcome).toBe('skipped');
    expect(inside.met).toBe(0);
  });

  it('stands before the hosts of revocation, which are then not told', async () => {
    const { gate, asked } = gateKept();
    const tries = new RevocationTries(async () => ['127.0.0.1'], gate);
    const enough = new AbortController();
    const told = await tries.outcomes([{ host: 'crl.test', port: inside.port }], enough.signal);
    expect(told).toEqual([]);
    expect(asked).toMatchObject([{ host: 'crl.test', for: 'revocation' }]);
    expect(inside.met).toBe(0);
  });

  it('is asked of the end that is connected, and closes a connection that it does not permit', async () => {
    let asked = 0;
    // Permits the address, and bars the same one once it is the peer.
    const gate: Gate = () => ((asked += 1) === 1 ? null : 'another end');
    const closed = once(server, 'connection').then(([socket]) => once(socket as net.Socket, 'close'));
    const door = { host: 'mail.test', port: inside.port, for: 'target', gate } as const;
    await expect(connected('127.0.0.1', door, 5_000, new AbortController().signal)).rejects.toThrow(
      'another end',
    );
    await closed;
  });
});
