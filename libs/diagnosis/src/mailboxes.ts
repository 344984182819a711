import type { CheckResult } from '@mailpath/protocol';
import { plain, withoutTraces } from './answers/ladder/line.ts';
import { type Cause, joinedCause } from './causes.ts';
import { distinct, getsThrough } from './look.ts';
import { isSignIn, mailboxOf } from './sign-in/sign-in.ts';
import type { Refusal } from './words/told.ts';

/** What it is about where every mailbox is told the same. */
const EVERY_MAILBOX = 'every mailbox';

/**
 * One refusal that every mailbox meets is one cause: what is wrong is none of the mailboxes' own. Servers look at
 * different mailboxes (S48 to S50), so this is joined over the whole site; where one of these servers gets through with
 * another mailbox, each is told by itself. Pure; the order of the causes does not matter.
 */
export function joinMailboxes(causes: readonly Cause[]): Cause[] {
  const alike = Map.groupBy(causes, (cause) => refusalOf(cause) ?? cause);
  return [...alike].flatMap(([key, group]) => {
    if (typeof key !== 'string' || distinct(group.map(({ clue }) => clue.about)).length < 2) return group;
    if (isContradicted(group)) return group;
    return [...Map.groupBy(group, ({ server }) => server).values()].map((own) =>
      joinedCause(own, EVERY_MAILBOX),
    );
  });
}

/** Rule and answer of a refused sign-in, without what differs from one attempt to the next; null for anything else. */
function refusalOf({ rule, clue: { details, results } }: Cause): string | null {
  const { reply, answer } = details as Partial<Refusal>;
  if (!reply || !results.every((result) => isSignIn(result) && result.failure !== null)) return null;
  return [rule.id, answer ? answer.meaning.en : '', sayingOf(reply)].join('\n');
}

/** What is said, without the tag of the command, traces and addresses. */
const sayingOf = (reply: string): string =>
  withoutTraces(plain(reply))
    .replace(/^\S{1,32} (?=(?:NO|BAD|BYE)\b)/, '')
    .split(' ')
    .filter((word) => !word.includes('@'))
    .join(' ')
    .trim();

/** Another mailbox gets through a check, on one of these servers, by which these are refused. */
function isContradicted(group: readonly Cause[]): boolean {
  const results = group.flatMap(({ clue }) => clue.results);
  const mailboxes = new Set(results.map(mailboxOf));
  const checks = new Set(results.map(({ check }) => check));
  const bears = (result: CheckResult): boolean =>
    checks.has(result.check) && getsThrough(result) && !mailboxes.has(mailboxOf(result));
  return distinct(group.map(({ server }) => server)).some(({ results: all }) => all.some(bears));
}
