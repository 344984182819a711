import { Resolver as Client } from 'node:dns/promises';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Fault, Faults } from '../faults.ts';
import { type Resolvers, startResolvers } from './resolvers.ts';

const ONE = '127.0.0.26';
const TWO = '127.0.0.27';
const NAME = 'mail.test';

const faults = new Faults();
let resolvers: Resolvers;

beforeAll(async () => {
  const namesAt = (address: string) => (name: string) => (name === NAME ? [address, '::1'] : null);
  resolvers = await startResolvers({ addresses: [ONE, TWO], port: 0, faults, namesAt });
});
afterEach(() => switchOn());
afterAll(() => resolvers.stop());

async function switchOn(...set: Fault[]): Promise<void> {
  faults.set(ONE, set);
  await resolvers.follow();
}

const clientOf = (address: string): Client => {
  const client = new Client({ timeout: 400, tries: 1 });
  client.setServers([`${address}:${resolvers.port}`]);
  return client;
};
const asked = (work: Promise<string[]>): Promise<string[] | string> =>
  work.catch((error: NodeJS.ErrnoException) => error.code ?? error.message);
const a = (address = ONE, name = NAME) => asked(clientOf(address).resolve4(name));
const aaaa = (address = ONE, name = NAME) => asked(clientOf(address).resolve6(name));

/** A question for A, with EDNS or without, as bytes; answered by bytes. */
async function ask(edns: boolean): Promise<Buffer> {
  const header = Buffer.from([0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, edns ? 1 : 0]);
  const question = Buffer.from([4, ...Buffer.from('mail'), 4, ...Buffer.from('test'), 0, 0, 1, 0, 1]);
  const opt = edns ? Buffer.from([0, 0, 41, 4, 0xd0, 0, 0, 0, 0, 0, 0]) : Buffer.alloc(0);
  const socket = createSocket('udp4');
  socket.send(Buffer.concat([header, question, opt]), resolvers.port, ONE);
  const [reply] = (await once(socket, 'message')) as [Buffer];
  socket.close();
  return reply;
}
const rcodeOf = (reply: Buffer): number => reply.readUInt8(3) & 0x0f;

describe('a resolver', () => {
  it('leads names to the address at which it is asked, in both families, and knows no other names', async () => {
    expect([await a(ONE), await a(TWO), await aaaa(ONE)]).toEqual([[ONE], [TWO], ['::1']]);
    expect(await a(ONE, 'other.test')).toBe('ENOTFOUND');
  });

  it.each([
    ['dns-nxdomain', 'ENOTFOUND'],
    ['dns-nodata', 'ENODATA'],
    ['dns-servfail', 'ESERVFAIL'],
    ['dns-refused', 'EREFUSED'],
    ['dns-formerr', 'EFORMERR'],
    ['dns-notimp', 'ENOTIMP'],
    ['dns-silent', 'ETIMEOUT'],
    ['dns-closed', 'ECONNREFUSED'],
  ])('with %s fails as %s at its address alone, and is well again', async (id, code) => {
    await switchOn({ id });
    expect(await a()).toBe(code);
    expect(await a(TWO)).toEqual([TWO]);
    await switchOn();
    expect(await a()).toEqual([ONE]);
  });

  it('may leave one family unanswered, or one name', async () => {
    await switchOn({ id: 'dns-silent', family: 6 });
    expect([await a(), await aaaa()]).toEqual([[ONE], 'ETIMEOUT']);
    await switchOn({ id: 'dns-servfail', name: 'other.test' });
    expect([await a(), await a(ONE, 'other.test')]).toEqual([[ONE], 'ESERVFAIL']);
  });

  it('that cuts answers short gives them over TCP, or does not', async () => {
    await switchOn({ id: 'dns-truncated' });
    expect(await a()).toEqual([ONE]);
    await switchOn({ id: 'dns-truncated', tcp: 'closed' });
    expect(await a()).not.toEqual([ONE]);
    const socket = connect(resolvers.port, ONE);
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
    await switchOn({ id: 'dns-truncated', tcp: 'silent' });
    expect(await a()).toBe('ETIMEOUT');
    await switchOn({ id: 'dns-truncated', tcp: 'closed' });
    await switchOn({ id: 'dns-truncated', tcp: 'open' });
    expect(await a()).toEqual([ONE]);
  });

  it('that knows no EDNS answers a question without it (RFC 6891, section 7)', async () => {
    await switchOn({ id: 'dns-formerr-edns' });
    expect([rcodeOf(await ask(true)), rcodeOf(await ask(false))]).toEqual([1, 0]);
  });

  it('leads elsewhere, to nowhere, and along aliases, also in a circle', async () => {
    await switchOn({
      id: 'dns-addresses',
      name: NAME,
      addresses: ['127.0.0.98', '127.0.0.99', '2001:db8::7'],
    });
    expect([await a(), await aaaa()]).toEqual([['127.0.0.98', '127.0.0.99'], ['2001:db8::7']]);
    await switchOn({ id: 'dns-loopback' });
    expect(await a()).toEqual(['0.0.0.0']);
    await switchOn({ id: 'dns-alias', name: NAME, aliases: ['edge.test', 'far.test'] });
    expect(await a()).toEqual([ONE]);
    expect(await asked(clientOf(ONE).resolveCname(NAME))).toContain('edge.test');
    await switchOn({ id: 'dns-alias', name: NAME, aliases: ['edge.test', NAME] });
    expect(await a()).toEqual([]);
  });

  it('flaps as told, and is late as told', async () => {
    await switchOn({ id: 'dns-servfail', times: 1, thenWell: 1 });
    expect([await a(), await a(), await a()]).toEqual(['ESERVFAIL', [ONE], 'ESERVFAIL']);
    await switchOn({ id: 'dns-slow', delayMs: 150 });
    const started = performance.now();
    expect(await a()).toEqual([ONE]);
    expect(performance.now() - started).toBeGreaterThanOrEqual(149);
  });
});
