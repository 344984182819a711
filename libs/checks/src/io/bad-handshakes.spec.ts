import { X509Certificate } from 'node:crypto';
import { createServer } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tlsHandshake } from '../checks/tls-handshake.check.ts';
import { probeOnce } from '../testing/probe-once.ts';
import type { Issue, Listener, Script, TestCa, TlsPair } from '../testing/index.ts';
import {
  close,
  drip,
  flood,
  listen,
  makeTestCa,
  resetOnData,
  say,
  selfSigned,
  stall,
} from '../testing/index.ts';

const NAME = 'outlook.test';
const DEADLINE_MS = 800;
/** What may come on top of a deadline on the slowest machine: a listener that stalls never ends by itself. */
const GRACE_MS = 30_000;

let ca: TestCa;
const listeners: Listener[] = [];
beforeAll(async () => {
  ca = await makeTestCa();
});
afterAll(() => Promise.all(listeners.map((listener) => listener.stop())));

const against = async (listener: Listener) => {
  listeners.push(listener);
  const began = performance.now();
  const options = { addresses: ['127.0.0.1'], checkDeadlineMs: DEADLINE_MS, trust: [ca.certificate] };
  const result = await probeOnce(tlsHandshake, { host: NAME, port: listener.port }, options);
  expect(performance.now() - began).toBeLessThan(DEADLINE_MS + GRACE_MS);
  return result;
};

const issued = (wanted: Partial<Issue>) => () => ca.issue({ names: [NAME], ...wanted });
const ofAnother = async () => (await makeTestCa('Corp Proxy CA')).issue({ names: [NAME] });
/** The leaf alone: nobody who only knows the root can tell who issued it. */
const incomplete = async (): Promise<TlsPair> => {
  const { key, cert } = await ca.issue({ names: [NAME], intermediate: 'missing' });
  return { key, cert: cert.slice(0, cert.indexOf('-----BEGIN', 1)) };
};

const CERTIFICATES: readonly [string, () => Promise<TlsPair>, string, 'machine' | null][] = [
  ['that it signed itself', () => selfSigned([NAME]), 'DEPTH_ZERO_SELF_SIGNED_CERT', null],
  ['of another authority', ofAnother, 'SELF_SIGNED_CERT_IN_CHAIN', null],
  ['that has expired', issued({ expired: true }), 'CERT_HAS_EXPIRED', 'machine'],
  ['that is not valid yet', issued({ notYetValid: true }), 'CERT_NOT_YET_VALID', 'machine'],
  ['for another host', issued({ names: ['www.other.test'] }), 'ERR_TLS_CERT_ALTNAME_INVALID', 'machine'],
  ['without its issuer', incomplete, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', null],
  [
    'without its issuer but with the root',
    issued({ intermediate: 'missing' }),
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    null,
  ],
];

test.each(CERTIFICATES)('a certificate %s is untrusted, by its code', async (_, make, distrust, anchor) => {
  const result = await against(await listen({ tls: await make() }, stall));
  expect(result.failure).toMatchObject({ phase: 'tls', code: 'untrusted' });
  expect(result.failure?.message).toContain(`(${distrust})`);
  expect(result.evidence.tls).toMatchObject({ trusted: false, distrust, anchor, version: 'TLSv1.3' });
});

test('a chain with all its issuers is trusted, and every certificate of it is evidence', async () => {
  const result = await against(await listen({ tls: await issued({ intermediate: 'sent' })() }, stall));
  expect(result.failure).toBeNull();
  expect(result.evidence.tls).toMatchObject({ trusted: true, anchor: 'machine' });
  expect(result.evidence.tls?.chain.map(({ subject }) => subject)).toEqual([
    `CN=${NAME}, O=Mailpath`,
    'CN=Mailpath Test Issuing CA, O=Mailpath',
    ca.subject,
  ]);
});

/** RFC 8446, section 6: a fatal alert of this kind. */
const alert =
  (kind: number): Script =>
  (socket) => {
    socket.once('data', () => socket.write(Buffer.from([21, 3, 3, 0, 2, 2, kind])));
  };

const HANDSHAKES: readonly [string, Script, string, RegExp][] = [
  ['an alert: handshake failure', alert(40), 'tls-failed', /failed the TLS handshake: .*handshake failure$/],
  ['an alert: unrecognized name', alert(112), 'tls-failed', /failed the TLS handshake: .*unrecognized name$/],
  ['an alert: internal error', alert(80), 'tls-failed', /failed the TLS handshake: .*internal error$/],
  [
    'a mail greeting',
    say('220 mail.test ESMTP\r\n'),
    'tls-failed',
    /without TLS: "220 mail.test ESMTP"; an SMTP or FTP server talks like that$/,
  ],
  [
    'plain HTTP',
    say('HTTP/1.1 400 Bad Request\r\n\r\n'),
    'tls-failed',
    /without TLS: "HTTP\/1.1 400 Bad Request"; a web server talks like that$/,
  ],
  ['plain text, drop by drop', drip('* OK IMAP4 ready\r\n', 5), 'tls-failed', /without TLS: "\*/],
  ['plain text without end', flood('x'.repeat(16_384)), 'tls-failed', /without TLS: "x+…?"$/],
  ['a close', close, 'closed', /closed the connection during the TLS handshake$/],
  ['a reset', resetOnData, 'reset', /reset the connection during the TLS handshake$/],
  ['silence', stall, 'timeout', /did not complete the TLS handshake within \d\.\d s$/],
  ['half a record', say('\u0016\u0003\u0003'), 'timeout', /did not complete the TLS handshake within/],
];

test.each(HANDSHAKES)(
  'a handshake that meets %s ends in time, in phase tls, by its code',
  async (_, script, code, message) => {
    const result = await against(await listen({}, script));
    expect(result.failure).toMatchObject({ phase: 'tls', code, message: expect.stringMatching(message) });
    expect(result.failure?.message).toContain(`${NAME}:`);
  },
);

test.each([
  // OpenSSL refuses what is announced as more than its own limit; a chain below that one has ours.
  [200_000, /failed the TLS handshake: excessive message size$/],
  [80_000, /sent more than 65536 bytes without completing the TLS handshake$/],
])('a chain of %i bytes is given up before it is read', async (bytes, message) => {
  const { key, cert } = await issued({})();
  const names = Array.from({ length: 100 }, (_, i) => `${'a'.repeat(60)}.${i}.test`);
  const [big = ''] = (await ca.issue({ names })).cert.split(/(?<=-----END CERTIFICATE-----\n)/);
  const chain = cert + big.repeat(Math.ceil(bytes / new X509Certificate(big).raw.length));
  const result = await against(await listen({ tls: { key, cert: chain } }, stall));
  expect(result.failure).toMatchObject({ phase: 'tls', code: 'tls-failed' });
  expect(result.failure?.message).toMatch(message);
  expect(result.evidence).not.toHaveProperty('tls');
  await expect.poll(() => listeners.at(-1)?.open()).toBe(0);
});

test('handshake records without end are given up', async () => {
  // A certificate message that announces 16 MB and never ends (RFC 5246, section 7.4.2), after no ServerHello at all.
  const record = Buffer.concat([Buffer.from([22, 3, 3, 0x40, 0]), Buffer.alloc(16_384, 11)]);
  const result = await against(await listen({}, flood(record.toString('latin1'))));
  expect(result.failure).toMatchObject({ phase: 'tls', code: 'tls-failed' });
});

test.each([false, true])(
  'a server that asks for our certificate gets none, and that works (it insists: %s)',
  async (insists) => {
    const { key, cert } = await issued({})();
    const options = { key, cert, requestCert: true, rejectUnauthorized: insists, ca: ca.certificate };
    const server = createServer(options);
    const result = await against(await listen({}, (socket) => server.emit('connection', socket)));
    // With TLS 1.3 a server's refusal comes after the handshake, so that the path is proven all the same.
    expect(result).toMatchObject({ outcome: 'pass', failure: null });
    expect(result.evidence.tls).toMatchObject({ trusted: true, anchor: 'machine' });
  },
);
