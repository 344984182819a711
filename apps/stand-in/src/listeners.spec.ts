import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { listen, makeTestCa, type TestCa } from '@mailpath/checks/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CannotStart } from './cannot-start.ts';
import { Certificates } from './certificates.ts';
import { type Fault, Faults, type Service } from './faults.ts';
import { type Listeners, startListeners } from './listeners.ts';

const ONE = '127.0.0.21';
const TWO = '127.0.0.22';

let own: TestCa;
let other: TestCa;
let faults: Faults;
let listeners: Listeners;

async function start(ports: Partial<Record<Service, number>> = {}): Promise<Listeners> {
  const names = ['127.0.0.1', ONE, TWO];
  const greet = (socket: Socket, address: string) => void socket.write(`hello from ${address}\r\n`);
  return startListeners({
    addresses: [ONE, TWO],
    ports,
    sessions: { https: greet, smtp: greet, imap: greet, pop3: greet },
    certificates: new Certificates(names, own, other),
    faults,
    resolver: { port: 0, namesAt: (address) => (name) => (name === 'one.test' ? [address] : null) },
  });
}

/** With which code of the system a connection is refused; null when it is not. */
async function refusedAt(port: number, host: string): Promise<string | null> {
  const socket = connect(port, host);
  try {
    await once(socket, 'connect');
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'no code';
  } finally {
    socket.destroy();
  }
}

beforeAll(async () => {
  own = await makeTestCa();
  other = await makeTestCa('Corp Proxy CA');
  faults = new Faults();
  listeners = await start();
});
afterAll(() => listeners.stop());
afterEach(async () => {
  for (const address of Object.keys(faults.all)) faults.set(address, []);
  await listeners.settled();
});

async function switchOn(address: string, ...set: Fault[]): Promise<void> {
  faults.set(address, set);
  await listeners.settled();
}

/** Connects over TLS and answers who vouches for the server and what it says first. */
async function meet(address: string, service: Service): Promise<{ issuer: unknown; said: string }> {
  const ca = [own.certificate, other.certificate];
  const socket: TLSSocket = connectTls({ host: address, port: listeners.ports[service], ca });
  const [greeting] = (await once(socket, 'data')) as [Buffer];
  const issuer = socket.getPeerCertificate().issuer.CN;
  socket.destroy();
  return { issuer, said: greeting.toString().trim() };
}

/** Resolves when the connection has gone, in whatever way. */
function gone(socket: Socket): Promise<void> {
  socket.on('error', () => undefined);
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

/** Connects in plain text and answers what is said first. */
async function greeting(address: string): Promise<string> {
  const socket = connect(listeners.ports.smtp, address);
  const [said] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return said.toString().trim();
}

async function refusal(address: string, service: Service): Promise<unknown> {
  const socket = connect(listeners.ports[service], address);
  const [error] = (await once(socket, 'error').catch((reason: unknown) => [reason])) as [{ code?: string }];
  return error.code;
}

describe('listeners', () => {
  it('serve every address on the same ports, SMTP in plain text and the others over TLS', async () => {
    for (const address of [ONE, TWO]) {
      expect(await greeting(address)).toBe(`hello from ${address}`);
      for (const service of ['https', 'imap', 'pop3'] as const) {
        const met = await meet(address, service);
        expect(met).toEqual({ issuer: 'Mailpath Test CA', said: `hello from ${address}` });
      }
    }
  });

  it('close one service of one address, and open it again', async () => {
    await switchOn(ONE, { id: 'closed', service: 'imap' });
    expect(await refusal(ONE, 'imap')).toBe('ECONNREFUSED');
    expect((await meet(ONE, 'pop3')).said).toBe(`hello from ${ONE}`);
    expect((await meet(TWO, 'imap')).said).toBe(`hello from ${TWO}`);
    await switchOn(ONE);
    expect((await meet(ONE, 'imap')).said).toBe(`hello from ${ONE}`);
  });

  it('cut the connections that are open when a fault begins', async () => {
    const socket = connectTls({ host: ONE, port: listeners.ports.imap, ca: own.certificate });
    await once(socket, 'data');
    const end = gone(socket);
    await switchOn(ONE, { id: 'closed' });
    await end;
    expect(socket.destroyed).toBe(true);
  });

  it('answer for another authority on all services of every address', async () => {
    await switchOn('*', { id: 'other-authority' });
    for (const address of [ONE, TWO]) {
      expect((await meet(address, 'https')).issuer).toBe('Corp Proxy CA');
      expect(await greeting(address)).toBe(`hello from ${address}`);
    }
  });

  it('accept and say nothing', async () => {
    await switchOn(TWO, { id: 'silent', service: 'smtp' });
    const socket = connect(listeners.ports.smtp, TWO);
    const heard: string[] = [];
    socket.on('data', (chunk) => heard.push(chunk.toString()));
    await once(socket, 'connect');
    socket.write('EHLO me\r\n');
    // The end of the fault ends the connection; nothing was said until then.
    const end = gone(socket);
    await switchOn(TWO);
    await end;
    expect(heard).toEqual([]);
    expect(await greeting(TWO)).toBe(`hello from ${TWO}`);
  });

  it('reset the mailbox services where TLS begins (tls-handshake-reset)', async () => {
    await switchOn(ONE, { id: 'tls-handshake-reset' });
    for (const service of ['imap', 'pop3'] as const) {
      await expect(meet(ONE, service)).rejects.toMatchObject({ code: 'ECONNRESET' });
    }
    expect((await meet(ONE, 'https')).said).toBe(`hello from ${ONE}`);
    await switchOn(ONE, { id: 'tls-handshake-reset', service: 'pop3' });
    expect((await meet(ONE, 'imap')).said).toBe(`hello from ${ONE}`);
  });

  it('end as the last of many changes says', async () => {
    faults.set(ONE, [{ id: 'closed' }]);
    faults.set(ONE, [{ id: 'silent' }]);
    faults.set(ONE, [{ id: 'other-authority' }]);
    await listeners.settled();
    expect((await meet(ONE, 'imap')).issuer).toBe('Corp Proxy CA');
  });

  it('try again at the next change when a port was taken meanwhile', async () => {
    await switchOn(ONE, { id: 'closed', service: 'pop3' });
    const taken = await listen({ address: ONE, port: listeners.ports.pop3 }, (socket) => socket.destroy());
    await expect(switchOn(ONE)).rejects.toThrow('EADDRINUSE');
    await taken.stop();
    await switchOn(ONE);
    expect((await meet(ONE, 'pop3')).said).toBe(`hello from ${ONE}`);
  });

  it.each<[string, Fault[], Fault[]]>([
    ['what was closed is to be open again', [{ id: 'closed' }], []],
    ['what was open is to be silent', [], [{ id: 'silent' }]],
    ['what was silent is to have another certificate', [{ id: 'silent' }], [{ id: 'other-authority' }]],
  ])('open nothing by a change after the end: %s', async (_, before, after) => {
    const ended = await start();
    await switchOn(ONE, ...before);
    await ended.settled();
    await ended.stop();
    await switchOn(ONE, ...after);
    await ended.settled();
    for (const port of [...Object.values(ended.ports), ended.dnsPort])
      expect(await refusedAt(port, ONE)).toBe('ECONNREFUSED');
  });

  it.each([0, 1, 2, 3, 5, 8])(
    'open nothing by a change that is %i turns under way at the end',
    async (turns) => {
      const ended = await start();
      await switchOn(ONE, { id: 'closed' });
      await ended.settled();
      faults.set(ONE, []);
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      await ended.stop();
      await ended.settled();
      for (const port of [...Object.values(ended.ports), ended.dnsPort])
        expect(await refusedAt(port, ONE)).toBe('ECONNREFUSED');
    },
  );

  it('leave nothing open when a port is taken, and say which', async () => {
    const taken = await listen({ address: TWO }, (socket) => socket.destroy());
    const started = start({ imap: taken.port });
    await expect(started).rejects.toThrow(CannotStart);
    await expect(started).rejects.toThrow(`${TWO}:${taken.port} is in use already`);
    expect(await refusedAt(taken.port, ONE)).toBe('ECONNREFUSED');
    await taken.stop();
  });
});
