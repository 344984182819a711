import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { statementToSign } from '@mailpath/protocol';

export interface Maker {
  /** As agent.json pins it. */
  publicKey: string;
  privateKey: KeyObject;
}

/** A key whose builds agents may be told to accept. */
export function newMaker(): Maker {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { publicKey: publicKey.export({ format: 'jwk' }).x ?? '', privateKey };
}

/** A bundle and its manifest, by the names that they have in /downloads. */
export function signedBuild(
  version: string,
  code = `process.stdout.write('${version}')\n`,
  { privateKey }: Maker = newMaker(),
  changes: object = {},
): Record<'mailpath-agent.cjs' | 'mailpath-agent.manifest.json', string> {
  const statement = Buffer.from(
    JSON.stringify({
      product: 'mailpath-agent',
      version,
      sha256: createHash('sha256').update(code).digest('hex'),
      bytes: Buffer.byteLength(code),
      node: 24,
      madeAt: '2026-11-28T00:00:00Z',
      expiresAt: '2099-01-01T00:00:00Z',
      ...changes,
    }),
  );
  const manifest = {
    statement: statement.toString('base64'),
    signature: sign(null, statementToSign(statement), privateKey).toString('base64url'),
  };
  return { 'mailpath-agent.cjs': code, 'mailpath-agent.manifest.json': JSON.stringify(manifest) };
}
