import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { promisify } from 'node:util';
import type { TlsEvidence } from '@mailpath/protocol';
import { afterAll, expect, test } from 'vitest';
import { tlsHandshake } from '../checks/tls-handshake.check.ts';
import type { TlsPair } from '../testing/index.ts';
import { listen, makeTestCa } from '../testing/index.ts';
import { type ProbeOnce, probeOnce } from '../testing/probe-once.ts';
import { chainFacts } from './certificate.ts';
import { trusting } from './trust.ts';
import type { TrustStore } from './trust-store.ts';

const ca = await makeTestCa('Corp Legacy Inspection CA');
const root = new X509Certificate(ca.certificate);
const cleanUp: (() => Promise<unknown>)[] = [];
afterAll(() => Promise.all(cleanUp.map((each) => each())));

const store = (more: Partial<TrustStore>): TrustStore => ({
  name: '/opt/ece/cacerts',
  certificates: [],
  fingerprints: [],
  error: null,
  ...more,
});

async function seen(tls: TlsPair, options: ProbeOnce = {}): Promise<TlsEvidence> {
  const listener = await listen({ tls }, (socket) => socket.resume());
  cleanUp.push(listener.stop);
  const result = await probeOnce(tlsHandshake, { host: '127.0.0.1', port: listener.port }, options);
  if (!result.evidence.tls) throw new Error(JSON.stringify(result.failure));
  return result.evidence.tls;
}

test('each list of roots is told by its name, with the root that it knows or none', async () => {
  const tls = await ca.issue({ names: ['127.0.0.1'] });
  const stores = [
    store({ certificates: [root] }),
    store({ name: 'pasted', fingerprints: [root.fingerprint256] }),
  ];
  const { trusted, trustLists } = await seen(tls, { trust: [ca.certificate], stores });
  const known = { root: { fingerprint256: root.fingerprint256, match: 'certificate', subject: ca.subject } };
  expect(trusted).toBe(true);
  expect(trustLists).toMatchObject([
    { list: 'mozilla', root: null, error: null },
    { list: 'machine', root: null },
    { list: 'agent', size: 1, ...known },
    { list: 'java', name: '/opt/ece/cacerts', size: 1, ...known },
    { list: 'java', name: 'pasted', size: 1, ...known },
  ]);
  expect(trustLists?.[0]?.name).toMatch(/^Mozilla, as bundled in Node \d+/);
});

test('a root that Java lacks is said of Java alone, and a store that cannot be read is no empty one', async () => {
  const stores = [store({ certificates: [] }), store({ name: 'gone', error: 'there is no such file' })];
  const { trusted, trustLists } = await seen(await ca.issue({ names: ['127.0.0.1'] }), {
    trust: [ca.certificate],
    stores,
  });
  expect(trusted).toBe(true);
  expect(trustLists?.filter(({ list }) => list === 'java')).toEqual([
    { list: 'java', name: '/opt/ece/cacerts', size: 0, error: null, root: null },
    { list: 'java', name: 'gone', size: null, error: 'there is no such file', root: null },
  ]);
});

test('what a list does not vouch for, but has a root of the same name, is told as that', async () => {
  const namesake = await makeTestCa('Corp Legacy Inspection CA');
  const { trustLists } = await seen(await ca.issue({ names: ['127.0.0.1'] }), {
    trust: [namesake.certificate],
  });
  expect(trustLists?.find(({ list }) => list === 'agent')?.root).toMatchObject({ match: 'subject' });
});

test('a public root is found in Mozilla’s list by its own certificate', () => {
  const chain = [new X509Certificate(rootCertificates[0] ?? '')];
  const [mozilla] = trusting({ extra: [], stores: [] }).verdictsOn(chain);
  expect(mozilla).toMatchObject({ list: 'mozilla', root: { match: 'certificate' } });
});

test.each([
  ['the root alone, as it may be', { withoutRoot: true }, 'root'],
  ['an intermediate one', { intermediate: 'missing', withoutRoot: true }, 'intermediate-or-unknown-root'],
] as const)('a chain that leaves out %s', async (_, wanted, kind) => {
  const url = 'http://cacerts.test/issuer.crt';
  const tls = await ca.issue({ names: ['127.0.0.1'], caIssuers: [url], ...wanted });
  const { missingIssuer, distrust } = await seen(tls, { trust: [ca.certificate] });
  expect(missingIssuer).toMatchObject({ kind, caIssuers: [url] });
  expect(distrust === null).toBe(kind === 'root');
});

test('a chain with its root leaves nothing out', async () => {
  const tls = await ca.issue({ names: ['127.0.0.1'], intermediate: 'sent' });
  expect((await seen(tls)).missingIssuer).toBeNull();
});

/** Certificates that only OpenSSL makes: WebCrypto has neither SHA-1 signatures nor weak keys. */
async function weakPair(
  options: readonly string[],
  keyBits: string,
): Promise<{ pair: TlsPair; root: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'mailpath-weak-'));
  cleanUp.push(() => rm(folder, { recursive: true }));
  const run = (...words: string[]) => promisify(execFile)('openssl', words, { cwd: folder });
  const request = ['req', '-newkey', `rsa:${keyBits}`, '-nodes', '-keyout', 'leaf.key', '-out', 'leaf.csr'];
  await run(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-subj',
    '/O=Corp/CN=Legacy CA',
    '-days',
    '30',
  );
  await run(...request, '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1');
  await run(
    'x509',
    '-req',
    '-in',
    'leaf.csr',
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca.key',
    '-out',
    'leaf.pem',
    '-days',
    '30',
    '-copy_extensions',
    'copy',
    ...options,
  );
  const [key, leaf, ca_] = await Promise.all(
    ['leaf.key', 'leaf.pem', 'ca.pem'].map((file) => readFile(join(folder, file), 'utf8')),
  );
  return { pair: { key: key ?? '', cert: `${leaf}${ca_}` }, root: ca_ ?? '' };
}

test.each([
  ['SHA-1', ['-sha1'], '2048', { weak: ['sha1-signature'], keyBits: 2048 }],
  ['a key of 1,024 bits', ['-sha256'], '1024', { weak: ['rsa-below-2048'], keyBits: 1024 }],
  ['MD5', ['-md5'], '2048', { weak: ['md5-signature'] }],
  [
    'nothing weak',
    ['-sha256'],
    '2048',
    { weak: [], signatureAlgorithm: 'sha256WithRSAEncryption', keyType: 'rsa' },
  ],
] as const)(
  'a certificate with %s is told with its strength',
  async (_, options, bits, facts) => {
    const { pair, root: own } = await weakPair(options, bits);
    const pems = pair.cert.match(/-----BEGIN[^]+?END CERTIFICATE-----/g) ?? [];
    const chain = pems.map((pem) => new X509Certificate(pem));
    expect(chainFacts(chain)[0]).toMatchObject(facts);
    expect(
      trusting({ extra: [own], stores: [] })
        .verdictsOn(chain)
        .at(-1)?.root,
    ).toMatchObject({ match: 'certificate' });
  },
  60_000,
);
