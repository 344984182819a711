import { z } from 'zod';

const fingerprint =
  'write the fingerprint of the agent key as GET …/servers/{serverId} and mailpath-agent status show it, such as SHA256: and 43 characters';

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

/** What a site and a server are when an agent enrols. */
export interface EnrolmentPlace {
  /** When the site was first given a secret; null while it never was. */
  secretsSince: Date | null;
  /** Whether an agent was enrolled on this server before. */
  again: boolean;
}

/**
 * Whether an agent that enrols has to be confirmed before it is lent anything. Whoever was there before the site had a
 * secret was chosen together with it; whoever comes later, or takes the place of another, may be anybody who got hold
 * of a code. Pure.
 */
export const needsApproval = ({ secretsSince, again }: EnrolmentPlace): boolean =>
  again || secretsSince !== null;
