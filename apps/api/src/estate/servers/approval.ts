import { z } from 'zod';
import { fingerprintForm } from '../field-refusals.ts';
import { said } from '../../platform/refusal.ts';

const fingerprint = said(fingerprintForm());

/** Body of `POST /v1/sites/{siteId}/servers/{serverId}/approval`. */
export const Approval = z
  .strictObject({
    fingerprint: z
      .string(fingerprint)
      .regex(/^SHA256:[A-Za-z0-9+/]{43}$/, fingerprint)
      .describe('Of the key that you looked at; another one by now is refused with 409.'),
  })
  .meta({ id: 'Approval' });
export type Approval = z.infer<typeof Approval>;

/** A person compared the key; or it was approved by an earlier version, which did not note by whom. */
export const ApprovedBy = z.enum(['person', 'upgrade']);
export type ApprovedBy = z.infer<typeof ApprovedBy>;

/** What is noted of an approval; `approvedKey` is the public key that was looked at. */
export interface ApprovalFacts {
  publicKey: Uint8Array;
  approvedAt: Date | null;
  approvedKey: Uint8Array | null;
}

/**
 * Whether the key that the agent has is the one that was approved. Nobody is approved by coming early, nor by a code:
 * whoever has an API key has those too. Pure.
 */
export const isApproved = ({ publicKey, approvedAt, approvedKey }: ApprovalFacts): boolean =>
  approvedAt !== null && approvedKey !== null && Buffer.compare(publicKey, approvedKey) === 0;

/** The columns of an agent that waits. */
export const WAITING = { approvedAt: null, approvedKey: null, approvedBy: null } as const;
