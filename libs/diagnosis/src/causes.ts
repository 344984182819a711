import type { CheckResult, FailureCode, Phase } from '@mailpath/protocol';
import { wasServedLater } from './evidence/replies.ts';
import { isLeaseOver, lacksToken } from './evidence/skips.ts';
import { generalise, merged } from './generalise.ts';
import { kept } from './kept.ts';
import { endpointOf, getsThrough, isTrouble, type ServerView, type SiteView } from './look.ts';
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

/** Causes of one rule on one server as one, with all that follows from them. */
export function joinedCause(own: readonly Cause[], about: string): Cause {
  const [first] = own;
  if (!first) throw new Error('a cause is joined with others');
  return {
    ...first,
    clue: merged(
      own.map(({ clue }) => clue),
      about,
    ),
    consequences: own.flatMap(({ consequences }) => consequences),
    elsewhere: own.flatMap(({ elsewhere }) => elsewhere),
  };
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
  const open = new Set(
    server.results.filter((result) => isTrouble(result) && !wasServedLater(result, server)),
  );
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
  const why = whyNotTried(causes);
  for (const result of server.results.filter(({ outcome }) => outcome === 'skipped'))
    if (!adopted.has(result)) why(result)?.consequences.push(result);
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
 * everything. Of several causes the first.
 */
export function whyNotTried(causes: readonly Cause[]): (skipped: CheckResult) => Cause | undefined {
  const able = causes.filter(({ rule }) => !rule.comparesOnly);
  const whole = able.findIndex(({ clue }) => clue.affectsWholeServer);
  const stopped = new Map<string | undefined, number>();
  for (const [index, cause] of able.entries())
    for (const { target } of tokensStoppedBy(cause))
      if (!stopped.has(target.mailbox)) stopped.set(target.mailbox, index);
  return (skipped) => {
    if (isLeaseOver(skipped)) return undefined;
    // What is asked for no mailbox in particular stops the tokens of all.
    const own = isSignIn(skipped) ? [stopped.get(skipped.target.mailbox), stopped.get(undefined)] : [];
    const found = [...own, whole].filter((index) => index !== undefined && index >= 0) as number[];
    return found.length > 0 ? able[Math.min(...found)] : undefined;
  };
}

/**
 * The same over servers, since a token is made on one and used on others (S47 to S50): only what waits for a token can
 * follow from another server's fault, only where that server could not obtain the token of the very mailbox, and only
 * where its own did not.
 */
export function whyNotTriedElsewhere(
  causes: readonly Cause[],
): (skipped: CheckResult, own: ServerView) => Cause | undefined {
  const stopping = new Map<string | undefined, Set<Cause>>();
  for (const cause of causes.filter(({ rule }) => !rule.comparesOnly))
    for (const { target } of tokensStoppedBy(cause)) {
      const there = stopping.get(target.mailbox) ?? new Set();
      stopping.set(target.mailbox, there.add(cause));
    }
  return (skipped, own) => {
    const { mailbox } = skipped.target;
    if (!isSignIn(skipped) || !lacksToken(skipped) || tokensObtainedBy(own).has(mailbox)) return undefined;
    return [...(stopping.get(mailbox) ?? [])].find((cause) => cause.server !== own);
  };
}

/** Only what obtains a token can be missed for one: a mailbox that did not open stops no other. */
const tokensStoppedBy = ({ clue, consequences }: Cause): CheckResult[] =>
  [...clue.results, ...consequences].filter(
    (result) => isTokenCheck(result) && result.outcome !== 'skipped' && !getsThrough(result),
  );

/** The mailboxes for which a server was given a token. */
const tokensObtainedBy = kept(
  ({ results }: ServerView): ReadonlySet<string | undefined> =>
    new Set(
      results
        .filter((result) => isTokenCheck(result) && getsThrough(result))
        .map(({ target }) => target.mailbox),
    ),
);
