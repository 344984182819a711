import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { joinStatement, keyFingerprint, newKeyStatement } from '@mailpath/protocol';

export function makeAgentKey(): KeyObject {
  return generateKeyPairSync('ed25519').privateKey;
}

/** PKCS #8, in PEM: the form in which the key rests on disk, readable by its owner alone. */
export function agentKeyToPem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

export function agentKeyFromPem(pem: string): KeyObject {
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('not an Ed25519 key');
  return key;
}

/** The 32 bytes of the public key, in base64url (RFC 8037 calls them `x`). */
export function rawPublicKey(key: KeyObject): string {
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  if (x === undefined) throw new Error('the key has no public part');
  return x;
}

/**
 * The fingerprint of the public key, as the API shows it: what an administrator compares before the agent is lent
 * anything.
 */
export const fingerprintOf = (key: KeyObject): string =>
  keyFingerprint(Buffer.from(rawPublicKey(key), 'base64url'));

/** The signature by which the agent joins one connection. */
export function signJoin(key: KeyObject, nonce: string, agentId: string): string {
  return sign(null, joinStatement(nonce, agentId), key).toString('base64url');
}

/** The signature by which the present key vouches for the next one, on the connection of this nonce. */
export function signNewKey(key: KeyObject, nonce: string, agentId: string, publicKey: string): string {
  return sign(null, newKeyStatement(nonce, agentId, publicKey), key).toString('base64url');
}
