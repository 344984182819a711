import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates } from 'node:tls';
import { promisify } from 'node:util';
import type { CheckResult } from '@mailpath/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Listener, TestCa } from '../testing/index.ts';
import { listen, makeTestCa, stall } from '../testing/index.ts';
import { trusting } from './trust.ts';

const INDEX = new URL('../index.ts', import.meta.url).href;
let ca: TestCa;
let folder: string;
let server: Listener;
beforeAll(async () => {
  ca = await makeTestCa('Corp Inspection CA');
  folder = await mkdtemp(join(tmpdir(), 'mailpath-trust-'));
  server = await listen({ tls: await ca.issue({ names: ['127.0.0.1'] }) }, stall);
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

/** A check in a process of its own, whose system store is this file: stores are read once per process. */
async function withStore(
  content: string,
  where: 'SSL_CERT_FILE' | 'NODE_EXTRA_CA_CERTS',
): Promise<CheckResult> {
  const file = join(folder, 'store.pem');
  await writeFile(file, content);
  const script = `
    const { runRound } = await import(${JSON.stringify(INDEX)});
    const target = { name: 'added', host: '127.0.0.1', port: ${server.port} };
    const options = { checkDeadlineMs: 10_000, roundDeadlineMs: 10_000 };
    console.log(JSON.stringify(await runRound([{ check: 'tls.handshake', target }], options)));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=source', '--input-type=module', '--eval', script],
    { env: { SSL_CERT_DIR: folder, SSL_CERT_FILE: '/nowhere', [where]: file } },
  );
  const [result] = JSON.parse(stdout) as CheckResult[];
  if (!result) throw new Error(`no result in ${stdout}`);
  return result;
}

test.each(['SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS'] as const)(
  'inspection by an authority in this machine’s own store (%s) is trusted here, and its root is not a public one',
  async (where) => {
    const { outcome, evidence } = await withStore(ca.certificate, where);
    expect(outcome).toBe('pass');
    expect(evidence.tls).toMatchObject({ trusted: true, distrust: null, anchor: 'machine' });
  },
);

test('a system store that cannot be read takes nothing from a check but its roots', async () => {
  const torn = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
  const { failure, evidence } = await withStore(torn, 'SSL_CERT_FILE');
  expect(failure).toMatchObject({ phase: 'tls', code: 'untrusted' });
  expect(evidence.tls).toMatchObject({ trusted: false, anchor: null });
});

test('a chain that ends in a root that every Node has is public, one of an added root is the machine’s, any other nobody’s', async () => {
  const [root = ''] = getCACertificates('bundled');
  const trust = trusting({ extra: [ca.certificate], stores: [] });
  expect(trust.anchorOf([new X509Certificate(root)])).toBe('public');
  const leaf = new X509Certificate((await ca.issue({ names: ['a.test'] })).cert);
  expect(trust.anchorOf([leaf])).toBe('machine');
  expect(trusting({ extra: [], stores: [] }).anchorOf([leaf])).toBeNull();
  expect(trust.anchorOf([])).toBeNull();
});

test('an authority that only has the name of a trusted one vouches for nothing', async () => {
  const namesake = await makeTestCa('Corp Inspection CA');
  const { cert } = await namesake.issue({ names: ['a.test'] });
  const chain = (cert.match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----/g) ?? []).map(
    (pem) => new X509Certificate(pem),
  );
  expect(chain).toHaveLength(2);
  expect(trusting({ extra: [ca.certificate], stores: [] }).anchorOf(chain)).toBeNull();
  expect(trusting({ extra: [ca.certificate, namesake.certificate], stores: [] }).anchorOf(chain)).toBe(
    'machine',
  );
});

test('the same roots are read once, whoever asks', () => {
  expect(trusting({ extra: [ca.certificate], stores: [] })).toBe(
    trusting({ extra: [`${ca.certificate}`], stores: [] }),
  );
  expect(trusting({ extra: [], stores: [] })).not.toBe(trusting({ extra: [ca.certificate], stores: [] }));
});
