import { isCheck } from '@mailpath/protocol';
import { isAppOnly, isTokenCheck, opensMailbox } from '../../sign-in/sign-in.ts';
import { isOf } from '../../settings/protocol-switches.ts';
import type { MailboxSettings, Seen } from '../../settings/setting.ts';
import { serviceOf } from '../../demand.ts';
import { worstOf } from '../combine.ts';
import { fails, inboundOf, messageOf, works, type Known, type Verdict } from '../known.ts';
import { inconclusive } from '../inconclusive.ts';
import { refusalOf } from '../refusal.ts';
import { say } from '../words/catalogue.ts';

const is = (one: string, other: string | undefined): boolean => one.toLowerCase() === other?.toLowerCase();
const needed = (step: 'need.token' | 'need.mailbox-checks') => ({
  sentence: say('told.none'),
  needed: say(step),
});

/**
 * Whether a result is about a token for the mailbox: it is aimed at the user who signs in, and the application's own at
 * the mailbox.
 */
export const isTokenOf = (mailbox: MailboxSettings, { result }: Seen): boolean =>
  isTokenCheck(result) &&
  (result.target.mailbox === undefined
    ? result.target.name === mailbox.name
    : is(isAppOnly(result) ? mailbox.address : mailbox.userName, result.target.mailbox));

/** Whether a result is a sign-in to the mailbox, by a protocol that the site uses. */
export const isSignInTo =
  (known: Known, mailbox: MailboxSettings) =>
  ({ result }: Seen): boolean => {
    if (!isOf(mailbox, result.target) || isTokenCheck(result)) return false;
    const service = serviceOf(result);
    return service === 'smtp' || (service !== null && inboundOf(known.site).includes(service));
  };

/** A token of the application itself, which is nobody's. */
export const applicationSignsIn = ({ fresh }: Known, mailbox: MailboxSettings): Seen | undefined =>
  fresh.find((seen) => isAppOnly(seen.result) && works(seen) && isTokenOf(mailbox, seen));

/** C5: whose the token is. */
export function tokenUser(known: Known, mailbox: MailboxSettings): Verdict {
  const ofMailbox = (seen: Seen): boolean => isTokenOf(mailbox, seen);
  const fresh = known.fresh.filter(ofMailbox);
  const judgements = known.judgements.filter(
    ({ item, subject }) => item === 'C5' && (is(mailbox.userName, subject) || is(mailbox.name, subject)),
  );
  const judged = worstOf(judgements, fresh);
  if (judged) return judged;
  const application = applicationSignsIn(known, mailbox);
  if (application)
    return {
      verdict: 'holds',
      sentences: [say('user.application', application.server)],
      nextSteps: [],
      statements: ['S30'],
      evidence: [application],
    };
  return inconclusive({ fresh, stale: known.stale.filter(ofMailbox), none: needed('need.token') }, [
    'S28',
    'S30',
    'S33',
  ]);
}

/** C6: SMTP, and one of IMAP and POP3: while the site has not decided, one that is off leaves the other to be seen. */
export function protocols(known: Known, mailbox: MailboxSettings): Verdict {
  const all = known.judgements.filter(({ item, subject }) => item === 'C6' && subject === mailbox.address);
  const inbound = all.filter(({ statements }) => statements.includes('S36'));
  const open = inbound.filter(({ verdict }) => verdict !== 'broken');
  const counted = all.filter((one) => open.length === 0 || !inbound.includes(one) || open.includes(one));
  const evidence = known.fresh.filter(isSignInTo(known, mailbox));
  return (
    worstOf(counted, evidence) ??
    inconclusive({ fresh: evidence, stale: [], none: needed('need.mailbox-checks') }, ['S34'])
  );
}

/** C7: the licence as entered, against what servers show. */
export function licence(known: Known, mailbox: MailboxSettings): Verdict {
  const judgements = known.judgements.filter(
    ({ item, subject }) => item === 'C7' && subject === mailbox.address,
  );
  const opened = known.fresh.filter((seen) => opensMailbox(seen.result) && isOf(mailbox, seen.result.target));
  return (
    worstOf(judgements, opened) ??
    inconclusive({ fresh: opened, stale: [], none: needed('need.mailbox-checks') }, ['S37'])
  );
}

/** Refused in words that speak of a right on the mailbox. */
const isOfRights = (seen: Seen): boolean => refusalOf(seen)?.item === 'C8';

/**
 * C8: a mailbox that opens shows full access; what is refused after the sign-in shows that it, or Send As, is missing.
 */
export function permissions(known: Known, mailbox: MailboxSettings): Verdict {
  const { address, userName } = mailbox;
  const ofMailbox = isSignInTo(known, mailbox);
  const fresh = known.fresh.filter(ofMailbox);
  const statements = ['S30', 'S38', 'S44'];
  const denied = fresh.filter(
    (seen) => fails(seen) && (seen.result.failure?.code === 'denied' || isOfRights(seen)),
  );
  const closed = denied.filter(({ result }) => result.failure?.phase === 'open-mailbox');
  // What is refused after the sign-in for another reason, such as a limit, shows nothing of rights.
  const unsent = denied.filter((seen) => seen.result.failure?.phase === 'send' && isOfRights(seen));
  if (closed.length > 0 || unsent.length > 0)
    return {
      verdict: 'broken',
      sentences: [
        ...closed.map((seen) => say('permissions.not-opened', address, seen.server, messageOf(seen))),
        ...unsent.map((seen) => say('permissions.not-sent-as', address, seen.server, messageOf(seen))),
      ],
      nextSteps: [
        ...(closed.length > 0
          ? [
              is(address, userName)
                ? say('permissions.own-account', address)
                : say('permissions.grant', address, userName),
            ]
          : []),
        ...(unsent.length > 0 ? [say('permissions.grant-send-as', address, userName)] : []),
      ],
      statements,
      evidence: [...closed, ...unsent],
    };
  const opened = fresh.filter((seen) => opensMailbox(seen.result) && works(seen));
  const [first] = opened;
  if (!first)
    return inconclusive(
      {
        fresh,
        stale: known.stale.filter((seen) => ofMailbox(seen) && opensMailbox(seen.result)),
        none: needed('need.mailbox-checks'),
      },
      statements,
    );
  const sent = fresh.filter((seen) => isCheck(seen.result, 'mail.round-trip') && works(seen));
  return {
    verdict: 'holds',
    sentences: [
      say('permissions.opened', address, first.server),
      ...sent.slice(0, 1).map(({ server }) => say('permissions.sent-as', address, server)),
    ],
    nextSteps:
      sent.length > 0 || is(address, userName) ? [] : [say('permissions.try-send-as', address, userName)],
    statements,
    evidence: [...opened, ...sent],
  };
}
