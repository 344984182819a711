import { createHash } from 'node:crypto';
import { z } from 'zod';
import { refusedWith } from './bilingual.ts';
import { EVIDENCE_TEXT_MAX, keptText, withoutTrailing } from './text.ts';
import { Roles } from './words.ts';

/** Raw Ed25519 public key (RFC 8032), 32 bytes in base64url without padding. */
export const PublicKey = z
  .string()
  .regex(
    /^[A-Za-z0-9_-]{43}$/,
    refusedWith({
      en: 'the public key is 32 bytes of Ed25519 in base64url (43 characters)',
      ja: '公開鍵は base64url 形式の Ed25519 の 32 バイト（43 文字）です',
    }),
  )
  .meta({ id: 'PublicKey' });

/**
 * The fingerprint of an agent's public key (32 bytes of Ed25519), in the form that ssh-keygen -l shows: people compare
 * what the API and the server say of it by eye.
 */
export const keyFingerprint = (publicKey: Uint8Array): string =>
  `SHA256:${withoutTrailing('=', createHash('sha256').update(publicKey).digest('base64'))}`;

/** Facts about the machine and program of an agent; they identify nobody, they explain results. */
export const AgentFacts = z
  .object({
    version: keptText(40).min(1),
    hostName: keptText(255).min(1),
    platform: keptText(200).min(1),
    nodeVersion: keptText(40).min(1),
  })
  .meta({ id: 'AgentFacts' });
export type AgentFacts = z.infer<typeof AgentFacts>;

/** Body of `POST /v1/enrolments`: the one request in which the code is worth something. */
export const EnrolmentRequest = z
  .strictObject({
    code: keptText(EVIDENCE_TEXT_MAX).min(1),
    publicKey: PublicKey,
    facts: AgentFacts,
    /** What the server is for, of what a site's code allows; all of that without it. A server's own code ignores it. */
    roles: Roles.optional(),
  })
  .meta({ id: 'EnrolmentRequest' });
export type EnrolmentRequest = z.infer<typeof EnrolmentRequest>;

/** Answer to it: who the agent is from now on. Nothing in it is secret. */
export const Enrolment = z
  .object({
    agentId: z.uuid(),
    siteId: z.uuid(),
    siteName: z.string(),
    serverId: z.uuid(),
    serverName: z.string(),
    roles: Roles,
  })
  .meta({ id: 'Enrolment' });
export type Enrolment = z.infer<typeof Enrolment>;

/**
 * The bytes an agent signs to join. The first line separates this use of the key from any other; the nonce is the
 * API's,
 * 32 random bytes in base64url, good for one connection.
 */
export function joinStatement(nonce: string, agentId: string): Uint8Array {
  return new TextEncoder().encode(`mailpath agent join v1\n${nonce}\n${agentId}`);
}

/**
 * The bytes an agent signs with the key it has, to put another one in its place. The nonce is the one that it joined
 * this connection with, so that what was said once is worth nothing on another.
 */
export function newKeyStatement(nonce: string, agentId: string, publicKey: string): Uint8Array {
  return new TextEncoder().encode(`mailpath agent key v1\n${nonce}\n${agentId}\n${publicKey}`);
}
