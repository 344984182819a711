import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { refuseOtherBytes, signedBundle } from '../../apps/agent/src/upgrade/bundle-check.ts';
import { bundleManifest, publicKeyOf } from '../../tools/agent-build/bundle-manifest.ts';

it('signs a bundle as the agent verifies it, by an Ed25519 key alone', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mailpath-manifest-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const keyFile = (name: string, pem: string): string => {
    writeFileSync(path.join(folder, name), pem);
    return path.join(folder, name);
  };
  const pem = { type: 'pkcs8', format: 'pem' } as const;
  const right = keyFile('right.pem', generateKeyPairSync('ed25519').privateKey.export(pem) as string);
  const wrong = keyFile(
    'ec.pem',
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export(pem) as string,
  );
  const bundle = keyFile('mailpath-agent.cjs', 'process.exit(0)');
  const manifest: unknown = JSON.parse(readFileSync(bundleManifest(right, bundle, folder), 'utf8'));
  const signed = signedBundle(manifest, [publicKeyOf(right)]);
  expect(signed.version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(() => refuseOtherBytes(signed, readFileSync(bundle))).not.toThrow();
  expect(() => refuseOtherBytes(signed, Buffer.from('process.exit(1)'))).toThrow('wrong digest');
  expect(() => bundleManifest(wrong, bundle, folder)).toThrow('no Ed25519 key');
});
