import { type CheckResult, type Finding, isFirstToken } from '@mailpath/protocol';
import type { Rung } from './answers/ladder/rung.ts';
import { getsThrough } from './look.ts';
import type { Confirmation } from './rule.ts';
import { ruleOf } from './rules.ts';
import { isSignIn } from './sign-in/sign-in.ts';

/**
 * What it takes to be sure of a finding. A fact of the site, and a refusal in words that a table knows, are so at the
 * first look: the other end understood, and says no however often it is asked. What the network did may have been of
 * the moment.
 */
export function confirmationOf({ rule, scope, code, params }: Finding): Confirmation {
  const own = ruleOf(rule)?.confirmedBy;
  if (own) return own;
  if (wasSeenBefore(params)) return 'itself';
  if (scope.checks.length === 0) return 'itself';
  return code === 'denied' && isKnown(params) ? 'itself' : 'second-look';
}

/** It rests on more than one round as it is: another look would only say so again. */
const wasSeenBefore = ({ rounds = 1 }: { rounds?: unknown }): boolean =>
  typeof rounds === 'number' && rounds > 1;

/** The words themselves are in a table: what is known of their family alone may be another thing the next time. */
function isKnown({ answer = null }: { answer?: unknown }): boolean {
  const { rung = 'row' } = (answer ?? {}) as { rung?: Rung };
  return answer !== null && rung !== 'family';
}

/**
 * Whether a result by itself says how its place is now. A failure that nobody has looked at again may pass the next
 * moment; a refusal does not.
 */
export const settles = ({ outcome, repeats, failure }: CheckResult): boolean =>
  outcome !== 'fail' || repeats !== null || failure?.code === 'denied';

/**
 * Whether a later result shows that an earlier failure is over, though nobody can look at that place again: a first
 * token is made once, and a mailbox that is signed in to since has its token.
 */
export const refutes = (later: CheckResult, failed: CheckResult): boolean =>
  isFirstToken(failed.check) &&
  isSignIn(later) &&
  getsThrough(later) &&
  later.target.mailbox === failed.target.mailbox &&
  Date.parse(later.startedAt) > Date.parse(failed.startedAt);
