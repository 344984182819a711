import { ASSERTION_PROTOCOL, LEASE_PROTOCOL, type Role } from '@mailpath/protocol';
import { z } from 'zod';

/** What decides whether an agent is lent anything. */
export interface Lendee {
  /** Of its server. */
  roles: readonly Role[];
  /** Whether a person has confirmed the key that it has. */
  approved: boolean;
  /** The protocol that it joined with. */
  protocol: number;
}

export const NotLent = z.enum(['unapproved', 'old-protocol']);
export type NotLent = z.infer<typeof NotLent>;

/**
 * Why an agent is lent nothing of what is in protocol `needed` or later; null when nothing stands against it. Pure.
 */
export function notLent(
  { approved, protocol }: Pick<Lendee, 'approved' | 'protocol'>,
  needed: number = LEASE_PROTOCOL,
): NotLent | null {
  // An older agent drops what it does not know, and would run the order without what guards the lease.
  if (protocol < needed) return 'old-protocol';
  return approved ? null : 'unapproved';
}

/** The same for a person, with the remedy. */
export const WHY_NOT_LENT: Readonly<Record<NotLent, string>> = {
  unapproved:
    'This server waits for approval, and is lent no secret before: compare the fingerprint and the host of its agent, and confirm them with POST /v1/sites/{siteId}/servers/{serverId}/approval.',
  'old-protocol': `The agent of this server is too old: secrets are lent in protocol ${LEASE_PROTOCOL} or later, and what a client certificate signs in protocol ${ASSERTION_PROTOCOL} or later. Update the agent.`,
};
