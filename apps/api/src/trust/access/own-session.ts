import { createHash } from 'node:crypto';
import { z } from 'zod';

/** A browser that is signed in as the caller. */
export const OwnSession = z
  .object({
    id: z.uuid(),
    browser: z.string().nullable(),
    system: z.string().nullable(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    current: z.boolean(),
  })
  .meta({ id: 'OwnSession' });
export type OwnSession = z.infer<typeof OwnSession>;

export const OwnSessionList = z.object({ items: z.array(OwnSession) }).meta({ id: 'OwnSessionList' });
export type OwnSessionList = z.infer<typeof OwnSessionList>;

/**
 * The id by which a session is spoken of: made of the hash that is stored, so that it neither opens the session nor
 * tells that hash. A UUID of version 8 (RFC 9562).
 */
export function sessionIdOf(tokenHash: Buffer): string {
  const bytes = createHash('sha256').update('session id').update(tokenHash).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
