import {
  checkFacts,
  MAIL_SCOPES,
  type CheckResult,
  type Evidence,
  type Failure,
  type TokenClaims,
} from '@mailpath/protocol';
import { kept } from '../kept.ts';
import type { RuleContext, ServerView, SiteFacts, SiteView } from '../look.ts';
import type { Refusal } from '../words/told.ts';
import type { KnownAnswer } from './answers.ts';

export type MailProtocol = keyof typeof MAIL_SCOPES;
export const PROTOCOL_NAME: Record<MailProtocol, string> = { imap: 'IMAP', pop3: 'POP3', smtp: 'SMTP' };

type OfCheck = Pick<CheckResult, 'check'>;
export const isTokenCheck = ({ check }: OfCheck): boolean => checkFacts(check).kind === 'token';
export const isLoginCheck = ({ check }: OfCheck): boolean => checkFacts(check).kind === 'login';
export const isSignIn = (result: OfCheck): boolean => isTokenCheck(result) || isLoginCheck(result);
/** Whether the token is the application's own (RFC 6749, section 4.4), and no user's. */
export const isAppOnly = ({ check }: OfCheck): boolean => checkFacts(check).needs === 'client-credentials';
/** The protocol by which a check signs in; null for one that does not. */
export function signsInBy({ check }: OfCheck): MailProtocol | null {
  const { kind, speaks } = checkFacts(check);
  return kind === 'login' && (speaks === 'imap' || speaks === 'pop3' || speaks === 'smtp') ? speaks : null;
}
/** Whether it signs in and opens the mailbox to read it. */
export const opensMailbox = (result: OfCheck): boolean => {
  const protocol = signsInBy(result);
  return protocol === 'imap' || protocol === 'pop3';
};

/** What was spoken when it broke: a round trip sends by SMTP and looks for the message by the other protocol. */
export function spoken({ check, failure, evidence }: CheckResult): MailProtocol {
  const receiving = failure?.phase === 'open-mailbox' || failure?.phase === 'receive';
  // Of all checks that sign in by SMTP only the round trip ever reads.
  if (receiving && checkFacts(check).lane === 'round-trip') return evidence.roundTrip?.via ?? 'imap';
  const { speaks } = checkFacts(check);
  return speaks === 'imap' || speaks === 'pop3' ? speaks : 'smtp';
}

/** The address that is signed in to or sent from; its target's name where the result does not say. */
export const mailboxOf = ({ target }: CheckResult): string => target.mailbox ?? target.name;

/** The user that the site opens the mailbox as, where it says so: a shared account opens several mailboxes (S43). */
export function expectedUser(result: CheckResult, { site }: Pick<RuleContext, 'site'>): string | null {
  const { mailboxes } = site.facts;
  return mailboxes ? (usersOf(mailboxes).get(nameKey(mailboxOf(result))) ?? null) : null;
}

const usersOf = kept((mailboxes: NonNullable<SiteFacts['mailboxes']>): ReadonlyMap<string, string> => {
  const users = new Map<string, string>();
  // The first of two entries counts.
  for (const { address, user } of mailboxes.toReversed()) users.set(nameKey(address), user);
  return users;
});

/** The user whose token it takes: the mailbox's own, unless the site says another. */
export const userFor = (result: CheckResult, context: Pick<RuleContext, 'site'>): string =>
  expectedUser(result, context) ?? mailboxOf(result);

/** Names that differ in nothing but the case of letters are one: what to look them up by. */
export const nameKey = (name: string): string => name.toLowerCase();

export const sameUser = (a: string, b: string): boolean => nameKey(a) === nameKey(b);

/**
 * What the token says of itself: by this result, or by another for the same user, of the same server first. Tokens are
 * made on one server and used on others.
 */
export function claimsOf(
  result: CheckResult,
  { site, server }: Pick<RuleContext, 'site' | 'server'>,
): TokenClaims | null {
  if (result.evidence.claims) return result.evidence.claims;
  const user = nameKey(userFor(result, { site }));
  return claimsByUser(site)(server).get(user) ?? claimsOfSite(site).get(user) ?? null;
}

/** What the first result of each user that shows a token says of it. */
const claimsByUser = kept((site: SiteView) =>
  kept(({ results }: ServerView): ReadonlyMap<string, TokenClaims> => {
    const claims = new Map<string, TokenClaims>();
    for (const result of results) {
      const user = nameKey(userFor(result, { site }));
      if (result.evidence.claims && !claims.has(user)) claims.set(user, result.evidence.claims);
    }
    return claims;
  }),
);

/** The same of the first server that has any. */
const claimsOfSite = kept((site: SiteView): ReadonlyMap<string, TokenClaims> => {
  const all = site.servers.map(claimsByUser(site));
  return new Map(all.toReversed().flatMap((claims) => [...claims]));
});

/** The line by which a server turned the client away before anybody signed in; null where it welcomed it. */
function refusalAtGreeting(
  { phase, message }: Failure,
  { unexpected, smtp, imap, pop3 }: Evidence,
): string | null {
  if (phase !== 'greet' && phase !== 'starttls') return null;
  const greeting = smtp?.greeting ?? imap?.greeting ?? pop3?.greeting ?? '';
  const lines = [unexpected?.line, phase === 'starttls' ? smtp?.startTls : greeting, quotedIn(message)];
  return lines.find((line) => line && isRefusal(line)) ?? null;
}

/** A refusal by its first word, in any of the protocols: a 4xx or 5xx, `-ERR`, NO, BAD or BYE. */
export const isRefusal = (line: string): boolean =>
  /^(?:[45]\d\d(?:[ -]|$)|-ERR\b|(?:\S{1,32} )?(?:NO|BAD|BYE)\b)/i.test(line);

/** The line that a failure's message quotes, where it quotes one. */
function quotedIn(message: string): string | null {
  const from = message.indexOf('"');
  const to = message.lastIndexOf('"');
  return from >= 0 && to > from ? message.slice(from + 1, to) : null;
}

/**
 * Commands are sent together (RFC 2920), and what follows a refused one is refused for its want: the first refusal is
 * the answer.
 */
function refusedFirst({ mailFrom, rcptTo, data }: NonNullable<Evidence['submission']>): string | null {
  const lines = [mailFrom, rcptTo, data];
  return lines.find((line) => line && isRefusal(line)) ?? lines.findLast((line) => line) ?? null;
}

/** What of a submission was refused, by the command that the refusal answers (RFC 5321, section 3.3). */
export function refusedPart({ evidence }: CheckResult): 'sender' | 'recipient' | 'message' {
  const { mailFrom, rcptTo } = evidence.submission ?? {};
  if (mailFrom && isRefusal(mailFrom)) return 'sender';
  return rcptTo && isRefusal(rcptTo) ? 'recipient' : 'message';
}

/** The other end's own words where it broke. */
export function replyOf({ failure, evidence }: CheckResult): string {
  const { token, redirect, login, mailbox, submission } = evidence;
  const said: Partial<Record<string, string | null | undefined>> = {
    token: token?.description ?? token?.error,
    http: redirect?.description ?? redirect?.error,
    authenticate: login?.reply,
    'open-mailbox': mailbox?.reply,
    send: submission && refusedFirst(submission),
  };
  const own = failure ? (said[failure.phase] ?? refusalAtGreeting(failure, evidence)) : null;
  return own?.split('\n')[0] ?? failure?.message ?? '';
}

/** What the tables know of the answer. */
export function knownAnswer(result: CheckResult, { site }: RuleContext): KnownAnswer | null {
  const { failure, evidence } = result;
  if (!failure) return null;
  const answer = evidence.token ?? evidence.redirect;
  if (failure.phase === 'token' || failure.phase === 'http')
    return answer ? site.answers.token(answer) : null;
  return site.answers.exchange({ protocol: spoken(result), phase: failure.phase, line: replyOf(result) });
}

/** The details of a rule that shows a refusal. */
export function refusal(
  [result]: readonly [CheckResult, ...CheckResult[]],
  context: RuleContext,
): Pick<Refusal, 'reply' | 'answer'> {
  const answer = knownAnswer(result, context);
  return {
    reply: replyOf(result),
    answer: answer && {
      meaning: answer.meaning,
      action: answer.action,
      rung: answer.rung,
      retry: answer.retry,
      items: answer.items,
      owner: answer.owner,
    },
  };
}

/** Scopes that a result's protocol needs. */
export const scopeFor = (result: CheckResult): string => MAIL_SCOPES[spoken(result)];
