import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { makeTestCa, type TestCa } from '@mailpath/checks/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Certificates } from './certificates.ts';
import { type Fault, Faults, type Service } from './faults.ts';
import { type Listeners, startListeners } from './listeners.ts';

const HERE = '127.0.0.24';
const NAME = 'mail.test';

let own: TestCa;
let faults: Faults;
let listeners: Listeners;

beforeAll(async () => {
  own = await makeTestCa();
  faults = new Faults();
  const greet = (socket: Socket): void => {
    socket.on('error', () => undefined).write('hello\r\n');
    socket.on('data', () => socket.write(`${'x'.repeat(4_000)}\r\n`));
  };
  listeners = await startListeners({
    addresses: [HERE],
    ports: {},
    sessions: { https: greet, smtp: greet, imap: greet, pop3: greet },
    certificates: new Certificates([NAME], own, await makeTestCa('Corp Proxy CA')),
    faults,
    resolver: { port: 0, namesAt: () => () => null },
  });
});
afterAll(() => listeners.stop());

async function switchOn(...set: Fault[]): Promise<void> {
  faults.set(HERE, set);
  await listeners.settled();
}

const to = (service: Service) => ({
  host: HERE,
  port: listeners.ports[service],
  ca: own.certificate,
  servername: NAME,
});

/** How a connection over TLS ended, or `hello` where it came that far. */
async function met(service: Service, more: object = {}): Promise<string> {
  const socket = connectTls({ ...to(service), ...more });
  const how = await new Promise<string>((resolve) => {
    socket.once('data', (data) => resolve(data.toString().trim()));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'UNSPECIFIED' || error.code === undefined ? error.message : error.code),
    );
    socket.once('end', () => resolve('end'));
  });
  socket.destroy();
  return how;
}

describe('the certificate of a path', () => {
  it.each([
    ['certificate-expired', 'CERT_HAS_EXPIRED'],
    ['certificate-not-yet-valid', 'CERT_NOT_YET_VALID'],
    ['certificate-other-name', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['certificate-self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['certificate-weak-key', 'EE certificate key too weak'],
    ['certificate-weak-signature', 'CA signature digest algorithm too weak'],
    ['certificate-no-intermediate', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['certificate-unknown-root', 'SELF_SIGNED_CERT_IN_CHAIN'],
    ['other-authority', 'SELF_SIGNED_CERT_IN_CHAIN'],
  ])('with %s is refused as %s', async (id, code) => {
    await switchOn({ id, service: 'imap' });
    expect(await met('imap')).toMatch(code);
    expect(await met('pop3')).toBe('hello');
    await switchOn();
    expect(await met('imap')).toBe('hello');
  });

  it.each([
    ['tls-1.0', 'TLSv1'],
    ['tls-1.1', 'TLSv1.1'],
    ['tls-1.2', 'TLSv1.2'],
  ] as const)('with %s leads to %s and nothing newer', async (id, version) => {
    await switchOn({ id });
    const socket = connectTls({ ...to('https'), minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' });
    await once(socket, 'secureConnect');
    expect(socket.getProtocol()).toBe(version);
    socket.destroy();
  });

  it.each(['tls-1.0', 'tls-1.1'])('with %s is refused by whoever wants TLS 1.2', async (id) => {
    await switchOn({ id });
    expect(await met('https')).not.toBe('hello');
  });
});

describe('a path', () => {
  it('that resets or ends what is accepted', async () => {
    await switchOn({ id: 'reset', service: 'imap' }, { id: 'ended', service: 'pop3' });
    expect(await met('imap')).toBe('ECONNRESET');
    expect(await met('pop3')).toMatch(/^(?:end|ECONNRESET)$/);
    expect(await met('https')).toBe('hello');
  });

  it('that is silent above TLS lets TLS come about', async () => {
    await switchOn({ id: 'silent-above-tls' });
    const socket = connectTls(to('imap'));
    const said: string[] = [];
    socket.on('data', (data) => said.push(data.toString()));
    await once(socket, 'secureConnect');
    const gone = once(socket, 'close');
    await switchOn();
    await gone;
    expect(said).toEqual([]);
  });

  it('that is bad twice and then good once takes turns', async () => {
    await switchOn({ id: 'reset', service: 'imap', times: 2, thenWell: 1 });
    const heard: string[] = [];
    for (let turn = 0; turn < 6; turn += 1) heard.push(await met('imap'));
    expect(heard).toEqual(['ECONNRESET', 'ECONNRESET', 'hello', 'ECONNRESET', 'ECONNRESET', 'hello']);
  });

  it('that is bad for a share is so for the same connections again', async () => {
    const round = async (): Promise<string> => {
      await switchOn({ id: 'certificate-expired', service: 'imap', share: 0.5, seed: 9 });
      const heard: string[] = [];
      for (let turn = 0; turn < 8; turn += 1) heard.push(await met('imap'));
      return heard.join();
    };
    const first = await round();
    expect(first).toContain('hello');
    expect(first).toContain('CERT_HAS_EXPIRED');
    expect(await round()).toBe(first);
  });

  it('that is lossy cuts after so many bytes', async () => {
    await switchOn({ id: 'lossy', service: 'smtp', afterBytes: 107 });
    const socket = connect(to('smtp'));
    let bytes = 0;
    socket.on('data', (data) => (bytes += data.length));
    socket.write('more');
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNRESET');
    expect(bytes).toBeLessThanOrEqual(107);
  });

  it('that is slow carries everything, later than it was said and no faster than told', async () => {
    await switchOn({ id: 'slow', service: 'smtp', delayMs: 30, bytesPerSecond: 20_000 });
    const started = performance.now();
    const socket = connect(to('smtp'));
    let bytes = 0;
    socket.write('more');
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes >= 4_009) break;
    }
    expect(bytes).toBe(4_009);
    // 4,009 bytes at 20,000 a second take 200 ms; timers may be early by a millisecond.
    expect(performance.now() - started).toBeGreaterThanOrEqual(30 + 190);
  });
});
