import { createPublicKey, randomBytes, verify } from 'node:crypto';
import { joinStatement } from '@mailpath/protocol';

/** 32 random bytes in base64url: what an agent signs, good for one connection. */
export const newNonce = (): string => randomBytes(32).toString('base64url');

/** Whether the signature (base64url) was made with the private half of `publicKey` (raw, 32 bytes; RFC 8032). */
export function isSignedBy(publicKey: Uint8Array, statement: Uint8Array, signature: string): boolean {
  const x = Buffer.from(publicKey).toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, statement, key, Buffer.from(signature, 'base64url'));
}

/** Whether the signature over this nonce is that of the agent's key. */
export function provesJoin(
  publicKey: Uint8Array,
  nonce: string,
  agentId: string,
  signature: string,
): boolean {
  return isSignedBy(publicKey, joinStatement(nonce, agentId), signature);
}
