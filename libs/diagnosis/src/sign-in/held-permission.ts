import type { CheckResult } from '@mailpath/protocol';
import type { RuleContext } from '../look.ts';
import { applicationClaims, IDENTITIES } from './identity.ts';
import { claimsOf, spoken } from './sign-in.ts';

/** A permission that a protocol needs, and whether the token is known to have it. */
export interface HeldPermission {
  scope: 'granted' | 'unknown';
  permission: string;
}

/** The permission that the token needs for what was spoken, by whose token it is, and whether it is in it. */
export function heldPermission(result: CheckResult, context: RuleContext): HeldPermission {
  const application = applicationClaims(result, context);
  const { permission } = IDENTITIES[spoken(result)][application ? 'application' : 'user'];
  const held = application ? application.roles : (claimsOf(result, context)?.scp?.split(' ') ?? []);
  // Entra gives a scope back in the case in which it was asked for.
  const isHeld = held.some((each) => each.toLowerCase() === permission.toLowerCase());
  return { scope: isHeld ? 'granted' : 'unknown', permission };
}
