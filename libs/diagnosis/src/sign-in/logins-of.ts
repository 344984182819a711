import type { CheckResult } from '@mailpath/protocol';
import { censusOf } from '../census.ts';
import { kept } from '../kept.ts';
import { getsThrough, type RuleContext, type ServerView, type SiteView } from '../look.ts';
import { isLoginCheck, mailboxOf, nameKey, userFor } from './sign-in.ts';

const byMailbox = kept(({ results }: ServerView) =>
  Map.groupBy(results.filter(isLoginCheck), (result) => nameKey(mailboxOf(result))),
);

/** What signed in to the mailbox of a result on a server; looked up, since a site may have a thousand mailboxes. */
export const loginsToSameMailbox = (server: ServerView, result: CheckResult): readonly CheckResult[] =>
  byMailbox(server).get(nameKey(mailboxOf(result))) ?? [];

const through = censusOf<CheckResult['check']>((result) =>
  isLoginCheck(result) && getsThrough(result) ? [[nameKey(mailboxOf(result)), result.check]] : [],
);

/** By which checks siblings come through to the mailbox of a result. */
export const throughElsewhere = (
  result: CheckResult,
  context: RuleContext,
): ReadonlyMap<CheckResult['check'], number> => through(context, nameKey(mailboxOf(result)));

const byUser = kept((site: SiteView) =>
  kept(({ results }: ServerView) =>
    Map.groupBy(results.filter(isLoginCheck), (result) => nameKey(userFor(result, { site }))),
  ),
);

/** What signed in as this user on a server, to whichever mailbox. */
export const loginsAs = (
  user: string,
  { server, site }: Pick<RuleContext, 'server' | 'site'>,
): readonly CheckResult[] => byUser(site)(server).get(nameKey(user)) ?? [];
