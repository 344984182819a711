import type { CheckNeeds, TokenGrant } from '@mailpath/protocol';

const GRANTS: ReadonlySet<CheckNeeds> = new Set<TokenGrant>([
  'authorization-code',
  'device-code',
  'refresh-token',
  'client-credentials',
]);

/** Whether a check obtains an access token, with the grant that its need names. */
export function obtainsToken(needs: CheckNeeds): needs is TokenGrant {
  return GRANTS.has(needs);
}

/**
 * Whether a check runs only with what the API lends for one order. Such a check, like one that is told what to ask, is
 * in no agent's standing assignment.
 */
export function needsLease(needs: CheckNeeds): needs is TokenGrant | 'access-token' | 'mailbox-reader' {
  return obtainsToken(needs) || needs === 'access-token' || needs === 'mailbox-reader';
}

/** Whether a proxy may carry a check; ECE's mail processes need a direct path, so theirs are never carried. */
export function mayUseProxy(needs: CheckNeeds): boolean {
  return needs === 'web' || needs === 'authorize-request' || obtainsToken(needs);
}

/** Whether a check waits for a person: then it has all of the round's time. */
export function waitsForPerson(needs: CheckNeeds): boolean {
  return needs === 'device-code';
}
