import { createHash } from 'node:crypto';
import { withoutTrailing } from '@mailpath/protocol';

/**
 * The fingerprint of an agent's public key (raw Ed25519), in the form that ssh-keygen -l shows: people compare it by
 * eye.
 */
export const keyFingerprint = (publicKey: Uint8Array): string =>
  `SHA256:${withoutTrailing('=', createHash('sha256').update(publicKey).digest('base64'))}`;
