import type { CheckResult, FailureCode, Phase } from '@mailpath/protocol';
import { isLeaseOver, lacksToken } from './evidence/skips.ts';
import { generalise } from './generalise.ts';
import { isTrouble, endpointOf, type ServerView, type SiteView } from './look.ts';
import type { Clue, Rule } from './rule.ts';
import { RULES } from './rules.ts';
import { isSignIn, isTokenCheck, spoken } from './sign-in/sign-in.ts';

/** What one rule found on one server. */
export interface Cause {
  rule: Rule;
  server: ServerView;
  clue: Clue;
  consequences: CheckResult[];
  /** Consequences on other servers. */
  elsewhere: { server: ServerView; result: CheckResult }[];
}

/** Steps on the way to the other end, before anything is asked of it. */
const ON_THE_WAY: readonly Phase[] = ['resolve', 'connect', 'proxy', 'tls', 'greet', 'starttls', 'http'];
/** What the network does; what the other end says is never the network's. */
const OF_NETWORK: readonly FailureCode[] = [
  'not-found',
  'resolver-failed',
  'refused',
  'unreachable',
  'reset',
  'closed',
  'timeout',
  'untrusted',
  'tls-failed',
];

const onTheWay = ({ failure }: CheckResult): boolean =>
  failure !== null && ON_THE_WAY.includes(failure.phase);
const byNetwork = ({ failure }: CheckResult): boolean =>
  failure !== null && OF_NETWORK.includes(failure.code);

/**
 * Why things are not well on one server: every result that needs an explanation is in one cause, and in no other. Pure.
 */
export function causesOn(server: ServerView, site: SiteView): Cause[] {
  const open = new Set(server.results.filter(isTrouble));
  const causes: Cause[] = [];
  for (const rule of RULES) {
    const context = { server, site, unexplained: [...open] };
    for (const clue of generalise(rule, rule.find(context), context)) {
      // What another rule explains is not shown as evidence of a comparison as well.
      const results = rule.comparesOnly
        ? clue.results.filter(({ outcome }) => outcome !== 'fail')
        : clue.results;
      if (results.length === 0) continue;
      const consequences = [...(clue.consequences ?? [])];
      if (!rule.comparesOnly) for (const result of [...results, ...consequences]) open.delete(result);
      causes.push({ rule, server, clue: { ...clue, results }, consequences, elsewhere: [] });
    }
    for (const result of open) {
      const cause = causes.find((each) => stopsAtOnce(each, result));
      if (!cause) continue;
      cause.consequences.push(result);
      open.delete(result);
    }
  }
  const adopted = new Set(causes.flatMap(({ consequences }) => consequences));
  for (const result of server.results.filter(({ outcome }) => outcome === 'skipped'))
    if (!adopted.has(result)) causes.find((cause) => isWhyNotTried(cause, result))?.consequences.push(result);
  return causes;
}

/** The same place that one cause closes is closed for whatever else goes there, however that notices it. */
export function stopsAtOnce({ rule, clue }: Cause, result: CheckResult): boolean {
  if (rule.comparesOnly || result.outcome !== 'fail') return false;
  // Without a resolver, what is reached by its address can fail for a reason of its own.
  const namesOnly = clue.results.every(({ failure }) => failure?.phase === 'resolve');
  if (clue.affectsWholeServer && !namesOnly && byNetwork(result)) return true;
  if (result.failure?.phase === 'receive' && clue.results.some((each) => barsReading(each, result)))
    return true;
  const samePlace = clue.results.filter((each) => onTheWay(each) && endpointOf(each) === endpointOf(result));
  if (samePlace.length === 0) return false;
  if (onTheWay(result)) return true;
  return (
    result.failure?.phase === 'token' &&
    (byNetwork(result) || samePlace.some((each) => answersAlike(each, result)))
  );
}

/** What stands in the sign-in host's place answers a token request as it does any other. */
const answersAlike = (cause: CheckResult, { failure }: CheckResult): boolean =>
  cause.failure?.phase === 'http' && failure?.code === cause.failure.code;

/** A round trip reads the mailbox at another place than it sends to: what bars reading there bars it here. */
function barsReading(cause: CheckResult, result: CheckResult): boolean {
  const { target, failure } = result;
  if (cause.outcome !== 'fail' || !cause.check.startsWith(`${spoken(result)}.`)) return false;
  // A message that does not come is not found in time either, unless nobody can come near the mailbox.
  if (failure?.code === 'timeout') return onTheWay(cause);
  return cause.target.mailbox === target.mailbox || onTheWay(cause);
}

/**
 * A check that was not tried for want of a token follows from what stopped the token; any other from what stops
 * everything.
 */
export function isWhyNotTried({ rule, clue, consequences }: Cause, skipped: CheckResult): boolean {
  if (rule.comparesOnly) return false;
  if (isLeaseOver(skipped)) return false;
  if (clue.affectsWholeServer) return true;
  return (
    isSignIn(skipped) && [...clue.results, ...consequences].some((result) => stopsToken(result, skipped))
  );
}

/**
 * The same over servers, since a token is made on one and used on others (S47 to S50): only what waits for a token can
 * follow from another server's fault, only where that server could not obtain the token of the very mailbox, and only
 * where its own did not.
 */
export function isWhyNotTriedElsewhere(cause: Cause, skipped: CheckResult, own: ServerView): boolean {
  if (cause.rule.comparesOnly || cause.server === own || !isSignIn(skipped) || !lacksToken(skipped))
    return false;
  const { mailbox } = skipped.target;
  const hasToken = own.results.some(
    (result) => isTokenCheck(result) && isThrough(result) && result.target.mailbox === mailbox,
  );
  return (
    !hasToken &&
    [...cause.clue.results, ...cause.consequences].some(
      (result) => stopsToken(result, skipped) && result.target.mailbox === mailbox,
    )
  );
}

/** Only what obtains a token can be missed for one: a mailbox that did not open stops no other. */
const stopsToken = (result: CheckResult, skipped: CheckResult): boolean =>
  isTokenCheck(result) &&
  result.outcome !== 'skipped' &&
  !isThrough(result) &&
  (result.target.mailbox === skipped.target.mailbox || result.target.mailbox === undefined);
const isThrough = ({ outcome }: CheckResult): boolean => outcome === 'pass' || outcome === 'warn';
