import { createHash, createPublicKey, verify } from 'node:crypto';
import { compareVersions, statementToSign } from '@mailpath/protocol/bundle-signing';

/** A bundle that is not begun with, and why. */
export class BundleRefused extends Error {
  override readonly name = 'BundleRefused';
}

/** What a maker says of a bundle, once his signature is known to be right. */
export interface SignedBundle {
  version: string;
  sha256: string;
  bytes: number;
  node: number;
  expiresAt: string;
}

/** Where a bundle is to run. */
export interface Ground {
  /** The version of the program that runs now. */
  running: string;
  /** The newest version that this machine ever kept; null for none. */
  newest: string | null;
  /** Digests of bundles that failed here. */
  failed: readonly string[];
  nowMs: number;
}

/** An Ed25519 public key, 32 bytes in base64url, as agent.json pins it. */
const publicKey = (raw: string) =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw }, format: 'jwk' });

/**
 * Reads the statement of a manifest that one of the keys has signed. By hand and without zod: it is asked before the
 * program is loaded, which may then be another one. Throws BundleRefused.
 */
export function signedBundle(manifest: unknown, keys: readonly string[]): SignedBundle {
  const { statement, signature } = (manifest ?? {}) as Record<string, unknown>;
  if (typeof statement !== 'string' || typeof signature !== 'string')
    throw new BundleRefused('the manifest has no statement and no signature');
  const bytes = Buffer.from(statement, 'base64');
  const signed = statementToSign(bytes);
  const isSigned = keys.some((key) =>
    verify(null, signed, publicKey(key), Buffer.from(signature, 'base64url')),
  );
  if (!isSigned) throw new BundleRefused('wrong signature: no key of agent.json has signed it');
  return readSigned(bytes);
}

function readSigned(bytes: Buffer): SignedBundle {
  const said = JSON.parse(bytes.toString('utf8')) as Record<string, unknown>;
  const { product, version, sha256, bytes: size, node, expiresAt } = said;
  const isWhole =
    product === 'mailpath-agent' &&
    /^\d+\.\d+\.\d+$/.test(String(version)) &&
    /^[0-9a-f]{64}$/.test(String(sha256)) &&
    Number.isSafeInteger(size) &&
    Number.isSafeInteger(node) &&
    Number.isFinite(Date.parse(String(expiresAt)));
  if (!isWhole) throw new BundleRefused('the statement is none of a mailpath-agent');
  return { version, sha256, bytes: size, node, expiresAt } as SignedBundle;
}

/** Refuses what is older, was tried before, or may not be begun with any more. */
export function refuseUnfit(bundle: SignedBundle, ground: Ground): void {
  const { running, newest, failed, nowMs } = ground;
  const least = newest !== null && compareVersions(newest, running) > 0 ? newest : running;
  const { version, sha256, node, expiresAt } = bundle;
  if (compareVersions(version, least) <= 0)
    throw new BundleRefused(`version ${version} is not newer than ${least}`);
  if (failed.includes(sha256)) throw new BundleRefused('this very build failed here before');
  if (Date.parse(expiresAt) <= nowMs) throw new BundleRefused(`the statement expired at ${expiresAt}`);
  const has = Number(process.versions.node.split('.')[0]);
  if (has < node)
    throw new BundleRefused(`it needs Node ${node}, and this is ${has}: install the new package`);
}

/** Refuses other bytes than those that were signed for. */
export function refuseOtherBytes({ sha256, bytes }: SignedBundle, code: Buffer): void {
  const seen = createHash('sha256').update(code).digest('hex');
  if (code.length !== bytes || seen !== sha256)
    throw new BundleRefused(`wrong digest: ${seen}, and ${sha256} was signed`);
}
