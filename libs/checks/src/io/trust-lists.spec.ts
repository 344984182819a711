import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { promisify } from 'node:util';
import type { TlsEvidence } from '@mailpath/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
class WeakCertificates {
  readonly #folder: string;
  readonly #requests = new Map<string, Promise<unknown>>();
  #root: Promise<unknown> | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The chain of one that is signed by this digest. Keys are what takes long: there is one of each size. */
  async chain(bits: string, digest: string): Promise<string[]> {
    this.#root ??= this.#openssl(
      'req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /O=Corp/CN=Legacy -days 30',
    );
    const request = this.#requests.get(bits) ?? this.#request(bits);
    this.#requests.set(bits, request);
    await Promise.all([this.#root, request]);
    const file = `${bits}-${digest}.pem`;
    await this.#openssl(
      `x509 -req -in ${bits}.csr -CA ca.pem -CAkey ca.key -out ${file} -days 30 -copy_extensions copy -${digest}`,
    );
    return Promise.all([file, 'ca.pem'].map((each) => readFile(join(this.#folder, each), 'utf8')));
  }

  #request(bits: string): Promise<unknown> {
    const files = `-keyout ${bits}.key -out ${bits}.csr`;
    return this.#openssl(
      `req -newkey rsa:${bits} -nodes ${files} -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1`,
    );
  }

  #openssl(words: string): Promise<unknown> {
    return promisify(execFile)('openssl', words.split(' '), { cwd: this.#folder });
  }
}

let weak: WeakCertificates;
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mailpath-weak-'));
  cleanUp.push(() => rm(folder, { recursive: true }));
  weak = new WeakCertificates(folder);
});

test.each([
  ['SHA-1', '2048', 'sha1', { weak: ['sha1-signature'], keyBits: 2048 }],
  ['a key of 1,024 bits', '1024', 'sha256', { weak: ['rsa-below-2048'], keyBits: 1024 }],
  ['MD5', '2048', 'md5', { weak: ['md5-signature'] }],
  [
    'nothing weak',
    '2048',
    'sha256',
    { weak: [], signatureAlgorithm: 'sha256WithRSAEncryption', keyType: 'rsa' },
  ],
] as const)('a certificate with %s is told with its strength', async (_, bits, digest, facts) => {
  const pems = await weak.chain(bits, digest);
  const chain = pems.map((pem) => new X509Certificate(pem));
  expect(chainFacts(chain)[0]).toMatchObject(facts);
  const [last] = trusting({ extra: pems.slice(1), stores: [] })
    .verdictsOn(chain)
    .slice(-1);
  expect(last?.root).toMatchObject({ match: 'certificate' });
});
