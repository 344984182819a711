import type { Socket } from 'node:net';
import { createServer } from 'node:tls';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { tlsHandshake } from '../checks/tls-handshake.check.ts';
import type { Listener, ListenOptions, Script, TestCa, TlsPair } from '../testing/index.ts';
import { close, listen, makeTestCa, resetOnData, say, selfSigned, stall } from '../testing/index.ts';
import type { ProbeOnce } from '../testing/probe-once.ts';
import { phasesOf, probeOnce } from '../testing/probe-once.ts';

const NAME = 'outlook.test';
let ca: TestCa;
let otherCa: TestCa;
let good: TlsPair;
beforeAll(async () => {
  ca = await makeTestCa();
  otherCa = await makeTestCa('Corp Proxy CA');
  good = await ca.issue({ names: [NAME, '127.0.0.1'] });
});

const listeners: Listener[] = [];
afterEach(async () => {
  for (const listener of listeners.splice(0)) await listener.stop();
});

async function against(at: ListenOptions, script: Script, options: ProbeOnce & { host?: string } = {}) {
  const listener = await listen(at, script);
  listeners.push(listener);
  const { host = NAME, ...given } = options;
  const place = { host, port: listener.port };
  return probeOnce(tlsHandshake, place, { trust: [ca.certificate], addresses: ['127.0.0.1'], ...given });
}

test('a certificate of a trusted authority for this name passes, and the chain is evidence as it was presented', async () => {
  const result = await against({ tls: good }, stall);
  expect(result.failure).toBeNull();
  expect(phasesOf(result)).toEqual(['resolve', 'connect', 'tls']);
  expect(result.evidence.tls).toMatchObject({
    version: 'TLSv1.3',
    serverName: NAME,
    trusted: true,
    distrust: null,
    alpn: null,
    anchor: 'machine',
    chain: [
      {
        subject: `CN=${NAME}, O=Mailpath`,
        issuer: ca.subject,
        subjectAltNames: [NAME, '127.0.0.1'],
      },
      { subject: ca.subject, issuer: ca.subject },
    ],
  });
  const [leaf] = result.evidence.tls?.chain ?? [];
  expect(leaf?.fingerprint256).toMatch(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  expect(Date.parse(leaf?.validTo ?? '')).toBeGreaterThan(Date.now());
});

test('the name of the host is sent in the handshake, an address never is', async () => {
  const heard: (string | false | undefined)[] = [];
  const server = createServer({ key: good.key, cert: good.cert }, (socket) => {
    heard.push((socket as Socket & { servername?: string | false }).servername);
  });
  const accept: Script = (socket) => server.emit('connection', socket);
  expect((await against({}, accept)).outcome).toBe('pass');
  const byAddress = await against({}, accept, { host: '127.0.0.1' });
  expect(byAddress.outcome).toBe('pass');
  expect(byAddress.evidence.tls?.serverName).toBeNull();
  // The server's side of a handshake ends a moment after the client's.
  await expect.poll(() => heard).toEqual([NAME, false]);
});

test.each([
  ['signed by itself', () => selfSigned([NAME]), 'DEPTH_ZERO_SELF_SIGNED_CERT', null],
  ['of another authority', () => otherCa.issue({ names: [NAME] }), 'SELF_SIGNED_CERT_IN_CHAIN', null],
  ['that has expired', () => ca.issue({ names: [NAME], expired: true }), 'CERT_HAS_EXPIRED', 'machine'],
])('a certificate %s is untrusted, and is kept as evidence', async (_, make, code, anchor) => {
  const result = await against({ tls: await make() }, stall);
  expect(result.failure).toMatchObject({ phase: 'tls', code: 'untrusted' });
  expect(result.failure?.message).toContain(
    `(127.0.0.1) presented a certificate that is not trusted here (${code}): CN=${NAME}, O=Mailpath, issued by CN=`,
  );
  expect(result.evidence.tls).toMatchObject({ trusted: false, distrust: code, anchor });
  expect(result.evidence.tls?.chain[0]?.subjectAltNames).toEqual([NAME]);
});

test('the issuer of an interceptor is named', async () => {
  const result = await against({ tls: await otherCa.issue({ names: [NAME] }) }, stall);
  expect(result.failure?.message).toContain('issued by CN=Corp Proxy CA, O=Mailpath');
  expect(result.evidence.tls?.chain.map(({ issuer }) => issuer)).toEqual([otherCa.subject, otherCa.subject]);
});

test('a certificate for another host is untrusted, and the sentence lists the names in it', async () => {
  const result = await against({ tls: await ca.issue({ names: ['www.other.test', '127.0.0.9'] }) }, stall);
  expect(result.failure).toMatchObject({ phase: 'tls', code: 'untrusted' });
  expect(result.failure?.message).toContain(
    `presented a certificate that is not valid for ${NAME} (ERR_TLS_CERT_ALTNAME_INVALID): it names www.other.test, 127.0.0.9`,
  );
});

test('nothing is sent over a connection whose certificate is not trusted', async () => {
  let heard = 0;
  const script: Script = (socket) => socket.on('data', (chunk) => (heard += chunk.length));
  const result = await against({ tls: await otherCa.issue({ names: [NAME] }) }, script);
  expect(result.failure?.code).toBe('untrusted');
  await expect.poll(() => listeners[0]?.open()).toBe(0);
  expect(heard).toBe(0);
});

test('the roots that were added are not kept for rounds without them', async () => {
  expect((await against({ tls: good }, stall)).outcome).toBe('pass');
  expect((await against({ tls: good }, stall, { trust: [] })).failure?.code).toBe('untrusted');
});

test.each([
  ['a mail greeting', say('220 mail.test ESMTP\r\n'), '220 mail.test ESMTP'],
  ['plain HTTP', say('HTTP/1.1 400 Bad Request\r\n\r\n'), 'HTTP/1.1 400 Bad Request'],
])('%s where TLS is expected is told with what was said', async (_, script, said) => {
  const result = await against({}, script);
  expect(result.failure).toMatchObject({ phase: 'tls', code: 'tls-failed' });
  expect(result.failure?.message).toContain(`(127.0.0.1) answered the TLS handshake without TLS: "${said}"`);
});

test('a server that only speaks TLS 1.1 fails the handshake with its alert', async () => {
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
  const server = createServer({ key: good.key, cert: good.cert, ...old });
  const result = await against({}, (socket) => server.emit('connection', socket));
  expect(result.failure).toMatchObject({ phase: 'tls', code: 'tls-failed' });
  expect(result.failure?.message).toContain('failed the TLS handshake: tlsv1 alert protocol version');
});

test.each([
  ['closes', close, 'closed', /closed the connection during the TLS handshake$/],
  ['resets', resetOnData, 'reset', /reset the connection during the TLS handshake$/],
])('a server that %s in the handshake is told apart', async (_, script, code, message) => {
  const result = await against({}, script);
  expect(result.failure).toMatchObject({ phase: 'tls', code });
  expect(result.failure?.message).toMatch(message);
});

test('a server that accepts and never answers the handshake is a time-out in tls', async () => {
  const result = await against({}, stall, { checkDeadlineMs: 800 });
  expect(result.failure).toMatchObject({ phase: 'tls', code: 'timeout' });
  expect(result.failure?.message).toMatch(
    /\(127\.0\.0\.1\) did not complete the TLS handshake within \d\.\d s$/,
  );
  expect(phasesOf(result)).toEqual(['resolve', 'connect', 'tls']);
});
