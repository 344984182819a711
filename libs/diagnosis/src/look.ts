import type { CheckResult, InboundProtocol, Role } from '@mailpath/protocol';
import type { Circumstance } from './circumstances.ts';
import { finalResults, firstLooks } from './final-results.ts';
import type { PastResult } from './history.ts';
import type { AnswerTables } from './sign-in/answers.ts';

/** One server of a site and its newest results. */
export interface ServerResults {
  name: string;
  roles: readonly Role[];
  results: readonly CheckResult[];
  /**
   * What the same checks came to in the rounds before, in any order; where it is not known, one round is judged by
   * itself.
   */
  history?: readonly PastResult[];
}

/** What is known of a site beside its results; what is not known is not judged. */
export interface SiteFacts {
  inbound: InboundProtocol;
  /** Tenant id, as a GUID: a domain tells nothing of a token. */
  tenant?: string;
  clientId?: string;
  /** Organisations whose certificates are expected beside Microsoft's: a proxy that the site wants. */
  expectedIssuers?: readonly string[];
  /** Whose token opens which mailbox: the mailbox's own account, or a shared one (S38 to S44). */
  mailboxes?: readonly { address: string; user: string }[];
  /** What a person has to hear of and no check can show. */
  circumstances?: readonly Circumstance[];
}

/** A server with what its round says in the end, in an order that does not depend on when what came. */
export interface ServerView extends ServerResults {
  results: readonly CheckResult[];
  /** What was looked at again, as it was at first; the second look stands among the results. */
  firstLooks: readonly CheckResult[];
}

export interface SiteView {
  facts: SiteFacts;
  answers: AnswerTables;
  /** By name. */
  servers: readonly ServerView[];
}

/** What a rule looks at: one server, the site around it, and the results of the server that nothing explains yet. */
export interface RuleContext {
  server: ServerView;
  site: SiteView;
  unexplained: readonly CheckResult[];
}

/**
 * Something is to be explained: a failure, a warning, a request to slow down, or a failure that went away when
 * repeated.
 */
export const isTrouble = ({ outcome, repeats }: CheckResult): boolean =>
  outcome === 'fail' ||
  outcome === 'warn' ||
  outcome === 'throttled' ||
  (outcome === 'pass' && repeats !== null);

/** A client got through. */
export const getsThrough = ({ outcome }: CheckResult): boolean => outcome === 'pass' || outcome === 'warn';

const orderOf = ({ check, target, startedAt, id }: CheckResult): string =>
  [check, target.name, target.mailbox ?? '', startedAt, id].join(' ');

/** What it is ordered by is made once for each, and not for each that it is compared with. */
const inOrder = (results: readonly CheckResult[]): CheckResult[] =>
  results
    .map((result) => ({ result, by: orderOf(result) }))
    .toSorted((a, b) => compare(a.by, b.by))
    .map(({ result }) => result);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function siteView(
  facts: SiteFacts,
  servers: readonly ServerResults[],
  answers: AnswerTables,
): SiteView {
  return {
    facts,
    answers,
    servers: servers
      .map((server) => ({
        ...server,
        firstLooks: firstLooks(server.results),
        results: inOrder(finalResults(server.results)),
      }))
      .toSorted((a, b) => compare(a.name, b.name)),
  };
}

/** The other servers of the site. */
export const siblings = ({ server, site }: RuleContext): readonly ServerView[] =>
  site.servers.filter((other) => other !== server);

/** What was looked at, whatever server it was looked at from. */
export const checkAndTarget = ({ check, target, mailbox }: Looked): string =>
  JSON.stringify([check, target, mailbox]);
type Looked = Pick<PastResult, 'check' | 'target' | 'mailbox'>;

/** The same of a result. */
export const lookOf = ({ check, target: { name, mailbox } }: CheckResult): string =>
  checkAndTarget({ check, target: name, ...(mailbox === undefined ? {} : { mailbox }) });

/** `host:port` of a result; an IPv6 address in brackets (RFC 3986). */
export function endpointOf({ target }: CheckResult): string {
  return target.host.includes(':') ? `[${target.host}]:${target.port}` : `${target.host}:${target.port}`;
}

/** The elements in their order, each once. */
export const distinct = <T>(items: readonly T[]): T[] => [...new Set(items)];

/** The hosts that were asked for, each once. */
export const hostsOf = (results: readonly CheckResult[]): string[] =>
  distinct(results.map(({ target }) => target.host));
