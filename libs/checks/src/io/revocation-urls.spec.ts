import { randomInt, X509Certificate } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import type { TestCa } from '../testing/index.ts';
import { makeTestCa, selfSigned } from '../testing/index.ts';
import { placesOf } from './revocation.ts';
import { revocationUrls, urlsIn } from './revocation-urls.ts';

let ca: TestCa;
beforeAll(async () => {
  ca = await makeTestCa();
});

const certificate = async (urls: { ocsp?: string[]; crl?: string[] }) =>
  new X509Certificate((await ca.issue({ names: ['a.test'], ...urls })).cert);

test('responders come first, then lists, as the certificate names them', async () => {
  const crl = ['http://crl3.test/a.crl', 'http://crl4.test:8080/a.crl'];
  const found = revocationUrls(await certificate({ ocsp: ['http://ocsp.test'], crl }));
  expect(found).toEqual(['http://ocsp.test', ...crl]);
});

test('a certificate without them has none', async () => {
  expect(revocationUrls(await certificate({}))).toEqual([]);
  expect(revocationUrls(new X509Certificate((await selfSigned(['a.test'])).cert))).toEqual([]);
});

test('of many URLs four distinct places are tried, over plain HTTP only', async () => {
  const crl = [
    'ldap://dir.test/cn=x',
    'http://ocsp.test/list',
    'https://s.test/',
    'http://[2001:db8::1]:81/',
    'no url',
  ];
  const more = ['b', 'c', 'd'].map((name) => `http://${name}.test/`);
  const one = await certificate({ ocsp: ['http://ocsp.test/'], crl: [...crl, ...more] });
  expect(placesOf([one, one])).toEqual([
    { host: 'ocsp.test', port: 80 },
    { host: '2001:db8::1', port: 81 },
    { host: 'b.test', port: 80 },
    { host: 'c.test', port: 80 },
  ]);
});

test('a certificate cut anywhere names nothing', async () => {
  const { raw } = await certificate({ ocsp: ['http://ocsp.test'], crl: ['http://crl.test'] });
  for (let length = 0; length < raw.length; length += 1) expect(urlsIn(raw.subarray(0, length))).toEqual([]);
});

test('a certificate with bytes that were changed never fails the reader', async () => {
  const { raw } = await certificate({ ocsp: ['http://ocsp.test'], crl: ['http://crl.test'] });
  for (let i = 0; i < 5_000; i += 1) {
    const changed = Buffer.from(raw);
    for (let n = randomInt(1, 4); n > 0; n -= 1) changed[randomInt(changed.length)] = randomInt(256);
    expect([0, 1, 2]).toContain(urlsIn(changed).length);
  }
});

test.each([
  ['an indefinite length', '3080'],
  ['a length of four bytes', '308400000001ff'],
  ['a length that is not the shortest', '308100'],
  ['a length beyond the end', '3005ff'],
  ['a tag of several bytes', '3f8101'],
])('%s is refused', (_, hex) => {
  expect(urlsIn(Buffer.from(hex, 'hex'))).toEqual([]);
});
