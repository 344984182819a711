import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeTestCa } from '../testing/index.ts';
import { fingerprintsIn, readJavaStore } from './java-store.ts';

const run = promisify(execFile);
const ca = await makeTestCa('Store Test CA');
const { fingerprint256 } = new X509Certificate(ca.certificate);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mailpath-store-'));
  await writeFile(join(folder, 'ca.pem'), ca.certificate);
});
afterAll(() => rm(folder, { recursive: true }));

/**
 * A store of the version 2, as `keytool -storetype JKS` writes it: one trusted entry, one digest that nobody looks at.
 */
function jks(der: Buffer, tag = 2, version = 2): Buffer {
  const number = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  const text = (value: string) => Buffer.concat([Buffer.of(0, value.length), Buffer.from(value)]);
  return Buffer.concat([
    number(0xfeedfeed),
    number(version),
    number(1),
    number(tag),
    text('root'),
    Buffer.alloc(8),
    ...(version === 2 ? [text('X.509')] : []),
    number(der.length),
    der,
    Buffer.alloc(20),
  ]);
}

const saved = async (name: string, content: Buffer | string) => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};
const { raw } = new X509Certificate(ca.certificate);

test.each([1, 2])('a JKS store of version %i is read without its password', async (version) => {
  const store = readJavaStore(await saved(`v${version}.jks`, jks(raw, 2, version)), 'nobody knows it');
  expect(store.error).toBeNull();
  expect(store.certificates.map((each) => each.fingerprint256)).toEqual([fingerprint256]);
});

test.each([
  [
    'with a certificate table',
    ['-certpbe', 'AES-256-CBC', '-macalg', 'sha256'],
    'changeit',
    'changeit',
    null,
  ],
  ['with a 3DES table', ['-certpbe', 'PBE-SHA1-3DES'], 'changeit', 'changeit', /outdated way.*keytool -list/],
  ['that is not encrypted, as cacerts of Java 18 on', ['-certpbe', 'NONE', '-nomac'], '', 'anything', null],
  ['of another password', ['-certpbe', 'AES-256-CBC'], 'secret', 'changeit', /another password/],
])('a PKCS #12 store %s', async (_, options, made, tried, error) => {
  const path = join(folder, 'store.p12');
  const pem = join(folder, 'ca.pem');
  await run('openssl', [
    'pkcs12',
    '-export',
    '-nokeys',
    '-in',
    pem,
    '-out',
    path,
    '-passout',
    `pass:${made}`,
    ...options,
  ]);
  const store = readJavaStore(path, tried);
  const found = store.certificates.map((each) => each.fingerprint256);
  expect({ found, error: store.error ?? '' }).toEqual({
    found: error ? [] : [fingerprint256],
    error: expect.stringMatching(error ?? /^$/) as string,
  });
});

test('what keytool -list prints is read for its fingerprints, with and without -v', () => {
  const other = fingerprint256.replaceAll('A', '0');
  const listing = [
    'Keystore type: PKCS12',
    'digicertglobalrootg2 [jdk], Apr 25, 2018, trustedCertEntry, ',
    `Certificate fingerprint (SHA-256): ${fingerprint256}`,
    `\t SHA1: DF:3C:24:F9:BF:D6:66:76:1B:26:80:73:FE:06:D1:CC:8D:4F:82:A4`,
    `\t SHA256: ${other.toLowerCase()}`,
    'x'.repeat(100_000),
  ].join('\r\n');
  expect(fingerprintsIn(listing)).toEqual([...new Set([fingerprint256, other])]);
});

/** The line of a fingerprint as Java says it in its languages, plain and with -v. */
const SAID = [
  'Certificate fingerprint (SHA-256): ',
  'Zertifikat-Fingerprint (SHA-256): ',
  'Empreinte du certificat (SHA-256) : ',
  'Huella de certificado (SHA-256): ',
  'Impronta certificato (SHA-256): ',
  'Impress\u00e3o digital do certificado (SHA-256): ',
  '\u8a3c\u660e\u66f8\u306e\u30d5\u30a3\u30f3\u30ac\u30d7\u30ea\u30f3\u30c8(SHA-256): ',
  '\u8bc1\u4e66\u6307\u7eb9 (SHA-256): ',
  '\u6191\u8b49\u6307\u7d0b\uff08SHA-256\uff09\uff1a',
  '\uc778\uc99d\uc11c \uc9c0\ubb38(SHA-256): ',
  '\t SHA256: ',
  '\t SHA256 : ',
];
/** As shells write a file. */
const WRITTEN: readonly (readonly [string, (text: string) => Buffer])[] = [
  ['UTF-8', (text) => Buffer.from(text)],
  ['UTF-8 with a mark', (text) => Buffer.from(`\uFEFF${text}`)],
  ['UTF-16LE with a mark', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['UTF-16BE with a mark', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ['UTF-16LE', (text) => Buffer.from(text, 'utf16le')],
  ['UTF-16BE', (text) => Buffer.from(text, 'utf16le').swap16()],
  ['a code page', (text) => Buffer.from(text, 'latin1')],
];

test.each(WRITTEN)('a listing in every language of Java is read from a file in %s', async (_, written) => {
  for (const said of SAID) {
    const listing = ['digicertglobalrootg2, 2018/04/25, trustedCertEntry,', `${said}${fingerprint256}`, ''];
    const path = await saved('listing.txt', written(listing.join('\r\n')));
    // Ideographs have no place in a code page of the West; the fingerprint beside them has.
    expect([said, readJavaStore(path)]).toMatchObject([
      said,
      { error: null, fingerprints: [fingerprint256] },
    ]);
  }
});

test('keytool -list -rfc, or a bundle of roots, is read for its certificates', async () => {
  for (const [name, written] of WRITTEN) {
    const path = await saved('rfc.txt', written(`Alias name: root\r\n\r\n${ca.certificate}\r\n***\r\n`));
    const { certificates, error } = readJavaStore(path);
    expect([name, error, ...certificates.map((each) => each.fingerprint256)]).toEqual([
      name,
      null,
      fingerprint256,
    ]);
  }
});

test.each([
  ['SHA1', 20],
  ['MD5', 16],
])('a listing with %s alone is told as that, and with what to give', async (kind, bytes) => {
  const old = fingerprint256.slice(0, bytes * 3 - 1);
  const path = await saved('old.txt', `root, Apr 25, 2018,\r\nCertificate fingerprint (${kind}): ${old}\r\n`);
  expect(readJavaStore(path).error).toBe(
    'a listing without SHA-256 fingerprints: give the output of keytool -list -v',
  );
});

test.each([
  ['nothing at all', Buffer.alloc(0)],
  ['a text that is none', Buffer.from('hello')],
  ['a JKS that ends too soon', jks(raw).subarray(0, 200)],
  ['a JKS with an unknown entry', jks(raw, 9)],
  ['a PKCS #12 that ends too soon', Buffer.from('30820100020103', 'hex')],
  ['some other DER', raw],
])('%s is told as unreadable, and nothing is thrown', async (_, bytes) => {
  const { error, certificates } = readJavaStore(await saved('broken', bytes));
  expect(error).toMatch(/^(?:neither |a Java keystore )/);
  expect(certificates).toEqual([]);
});

test('a file that is not there is told with what to do', () => {
  expect(readJavaStore(join(folder, 'gone')).error).toMatch(/no such file: give the path of cacerts/);
});

describe.runIf(existsSync('/usr/bin/keytool'))('stores that this machine’s Java makes', () => {
  test.each(['JKS', 'PKCS12', 'JCEKS'])('%s', { timeout: 120_000 }, async (type) => {
    const path = join(folder, `java.${type}`);
    const given = ['-keystore', path, '-storetype', type, '-storepass', 'changeit', '-noprompt'];
    await run('keytool', ['-importcert', '-alias', 'root', '-file', join(folder, 'ca.pem'), ...given]);
    expect(readJavaStore(path)).toMatchObject({ error: null, certificates: [{ fingerprint256 }] });
    const { stdout } = await run('keytool', ['-list', '-keystore', path, '-storepass', 'changeit']);
    expect(fingerprintsIn(stdout)).toEqual([fingerprint256]);
  });
});
