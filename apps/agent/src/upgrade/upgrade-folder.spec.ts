import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { statementToSign } from '@mailpath/protocol';
import { afterAll, describe, expect, it } from 'vitest';
import { removeTempDirs, tempDir } from '../testing/temp-dir.ts';
import { signedBundle } from './bundle-check.ts';
import { RoundProof } from './round-proof.ts';
import { UpgradeFolder } from './upgrade-folder.ts';

afterAll(removeTempDirs);

const keys = generateKeyPairSync('ed25519');
const KEY = keys.publicKey.export({ format: 'jwk' }).x ?? '';

function built(version: string, changes: object = {}) {
  const code = Buffer.from(`'${version}'`);
  const sha256 = createHash('sha256').update(code).digest('hex');
  const said = { product: 'mailpath-agent', version, sha256, bytes: code.length, node: 24, ...changes };
  const statement = Buffer.from(JSON.stringify({ expiresAt: '2099-01-01T00:00:00Z', ...said }));
  const signature = sign(null, statementToSign(statement), keys.privateKey).toString('base64url');
  return { code, manifest: { statement: statement.toString('base64'), signature } };
}

function staged(folder: UpgradeFolder, version: string, changes: object = {}) {
  const { code, manifest } = built(version, changes);
  return folder.stage(signedBundle(manifest, [KEY]), manifest, code);
}
const chosen = (folder: UpgradeFolder, installed = '1.0.0') =>
  folder.choose([KEY], installed)?.version ?? installed;

describe('the builds that an upgrade leaves', () => {
  it('are run on trial three times at most, and then the one before', () => {
    const folder = new UpgradeFolder(tempDir());
    const one = staged(folder, '1.1.0');
    expect([1, 2].map(() => folder.choose([KEY], '1.0.0')?.onTrial)).toEqual([true, true]);
    folder.keep(one);
    expect(folder.choose([KEY], '1.0.0')).toMatchObject({ version: '1.1.0', onTrial: false });
    staged(folder, '1.2.0');
    expect([1, 2, 3, 4, 5].map(() => chosen(folder))).toEqual(['1.2.0', '1.2.0', '1.2.0', '1.1.0', '1.1.0']);
    expect(folder.last).toMatchObject({ state: 'rolled-back', reason: 'not proved in 3 starts' });
  });

  it('give way to an installed program that is newer', () => {
    const folder = new UpgradeFolder(tempDir());
    folder.keep(staged(folder, '1.1.0'));
    expect(chosen(folder, '1.1.0')).toBe('1.1.0');
    expect(folder.choose([KEY], '1.0.0')).toBeNull();
  });

  it.each([
    ['older', '0.9.9', {}, 'not newer than 1.0.0'],
    ['the same', '1.0.0', {}, 'not newer than 1.0.0'],
    ['expired', '1.1.0', { expiresAt: '2020-01-01T00:00:00Z' }, 'expired'],
    ['for a newer Node', '1.1.0', { node: 99 }, 'needs Node 99'],
  ])('are never begun with where they are %s', (_, version, changes, reason) => {
    const folder = new UpgradeFolder(tempDir());
    staged(folder, version, changes);
    expect(chosen(folder)).toBe('1.0.0');
    expect(folder.last).toMatchObject({ state: 'rolled-back', reason: expect.stringContaining(reason) });
  });

  it('are not run where the file was changed, another key signed it, or nothing can be read', () => {
    const spoils: ((state: string) => void)[] = [
      (state) => appendFileSync(path.join(state, 'upgrade/next/agent.cjs'), ';evil()'),
      (state) => writeFileSync(path.join(state, 'upgrade/next/manifest.json'), '{}'),
      (state) => writeFileSync(path.join(state, 'upgrade/next/manifest.json'), 'no JSON'),
    ];
    for (const spoil of spoils) {
      const state = tempDir();
      const folder = new UpgradeFolder(state);
      staged(folder, '1.1.0');
      spoil(state);
      expect(chosen(folder)).toBe('1.0.0');
    }
    const other = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }).x ?? '';
    const folder = new UpgradeFolder(tempDir());
    folder.keep(staged(folder, '1.1.0'));
    expect(folder.choose([other], '1.0.0')).toBeNull();
  });

  it('do not come back once they were kept and replaced, whatever the record of that says', () => {
    const state = tempDir();
    const folder = new UpgradeFolder(state);
    folder.keep(staged(folder, '1.3.0'));
    staged(folder, '1.2.0');
    expect(chosen(folder)).toBe('1.3.0');
    writeFileSync(path.join(state, 'upgrade/record.json'), '{"newest":');
    staged(folder, '1.2.0');
    expect(chosen(folder)).toBe('1.3.0');
  });
});

describe('the proof of a build', () => {
  it('is a round of this start, acknowledged to its last result', () => {
    let told = 0;
    const proof = new RoundProof('here', () => (told += 1));
    proof.joined();
    proof.acknowledged('before', 99);
    proof.acknowledged('here', 3);
    expect(told).toBe(0);
    proof.roundOver(5);
    proof.acknowledged('here', 4);
    expect(told).toBe(0);
    proof.acknowledged('here', 5);
    proof.roundOver(6);
    expect(told).toBe(1);
  });
});
