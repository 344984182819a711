import { createHash, createPrivateKey, createPublicKey, sign as signBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { statementToSign } from '../../libs/protocol/src/bundle-signing.ts';
import { AGENT_VERSION, BUNDLE, RELEASE, SOURCE_DATE_EPOCH } from './places.ts';

/** For how long servers may begin with a build. */
const VALID_DAYS = 180;

/** What the environment gives for signing bundles, a PEM file with an Ed25519 key; null for none. */
export const bundleKeyFile = (
  // oxlint-disable-next-line node/no-process-env
  env: NodeJS.ProcessEnv = process.env,
): string | null => env['MAILPATH_BUNDLE_KEY'] || null;

/** The public half, as `enrol --upgrade-key` and agent.json want it: 32 bytes in base64url. */
export function publicKeyOf(keyFile: string): string {
  const { crv, x } = createPublicKey(readFileSync(keyFile)).export({ format: 'jwk' });
  if (crv !== 'Ed25519' || x === undefined)
    throw new Error(`${keyFile} is no Ed25519 key: make one with openssl genpkey -algorithm ed25519`);
  return x;
}

/** `mailpath-agent.manifest.json`: what the bundle is, signed, so that servers accept it from the API. */
export function bundleManifest(keyFile: string, bundle = BUNDLE, folder = RELEASE): string {
  publicKeyOf(keyFile);
  const code = readFileSync(bundle);
  const madeMs = Number(SOURCE_DATE_EPOCH) * 1_000;
  const statement = Buffer.from(
    JSON.stringify({
      product: 'mailpath-agent',
      version: AGENT_VERSION,
      sha256: createHash('sha256').update(code).digest('hex'),
      bytes: code.length,
      node: Number(process.versions.node.split('.')[0]),
      madeAt: new Date(madeMs).toISOString(),
      expiresAt: new Date(Date.now() + VALID_DAYS * 86_400_000).toISOString(),
    }),
  );
  const signature = signBytes(null, statementToSign(statement), createPrivateKey(readFileSync(keyFile)));
  const file = path.join(folder, 'mailpath-agent.manifest.json');
  const manifest = { statement: statement.toString('base64'), signature: signature.toString('base64url') };
  writeFileSync(file, `${JSON.stringify(manifest)}\n`);
  return file;
}
