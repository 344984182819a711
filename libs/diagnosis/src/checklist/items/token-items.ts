import { isCheck } from '@mailpath/protocol';
import { isTokenCheck, isAppOnly } from '../../sign-in/sign-in.ts';
import { distinct } from '../../look.ts';
import type { MailboxSettings, Seen } from '../../settings/setting.ts';
import { worstOf } from '../combine.ts';
import { works, type ChecklistServer, type ClientProof, type Known, type Verdict } from '../known.ts';
import { inconclusive } from '../inconclusive.ts';
import { brokenBy, refusedFor } from '../refusal.ts';
import { say } from '../words/catalogue.ts';
import { applicationSignsIn, isTokenOf } from './mailbox-items.ts';

const NO_TOKEN = { sentence: say('told.none'), needed: say('need.token') };
const isToken = ({ result }: Seen): boolean => isTokenCheck(result);
const DAY_MS = 24 * 3_600_000;
/** How long before its end a secret or certificate is worth renewing: a change takes its time. */
const RENEW_WITHIN_MS = 30 * DAY_MS;

/**
 * X1: the client secret or certificate, by which every request of a confidential client proves who asks; a public
 * client (`appidacr` 0) has neither.
 */
export function clientProof(known: Known): Verdict {
  const { site, now } = known;
  const fresh = known.fresh.filter(isToken);
  const refused = brokenBy(refusedFor('X1', fresh), ['S24']);
  if (refused) return refused;
  const proof = site.clientProof ?? null;
  const kind = proof?.kind ?? 'secret';
  const taken = fresh.filter(
    ({ result }) =>
      (result.outcome === 'pass' || result.outcome === 'warn') &&
      !isCheck(result, 'token.device-code') &&
      isProvedBy(proof, result.evidence.claims?.appidacr),
  );
  const { expiresOn, leftMs } = endOf(proof, now);
  const renew = say(kind === 'certificate' ? 'certificate.renew' : 'secret.renew');
  const [first] = taken;
  // What Entra accepted shows that the day was entered wrongly. A certificate's is no entry, so the token is older.
  if (first && (kind === 'secret' || leftMs > 0))
    return {
      verdict: 'holds',
      sentences: [
        say(kind === 'certificate' ? 'certificate.taken' : 'secret.taken', first.server),
        ...(expiresOn !== null && leftMs > 0 ? [say('proof.expires', expiresOn)] : []),
      ],
      nextSteps: leftMs <= 0 ? [say('secret.correct')] : leftMs <= RENEW_WITHIN_MS ? [renew] : [],
      statements: ['S24'],
      evidence: taken,
    };
  if (expiresOn !== null && leftMs <= 0)
    return {
      verdict: 'broken',
      sentences: [say(kind === 'certificate' ? 'certificate.expired' : 'secret.expired', expiresOn)],
      nextSteps: [renew],
      statements: ['S24'],
      evidence: [],
    };
  return inconclusive({ fresh, stale: known.stale.filter(isToken), none: NO_TOKEN }, ['S24']);
}

/**
 * `appidacr` says what the client proved itself by: 1 a secret, 2 a certificate (Microsoft: access token claims
 * reference).
 */
const isProvedBy = (proof: ClientProof | null, appidacr: string | null | undefined): boolean =>
  appidacr === undefined ||
  appidacr === null ||
  (proof === null ? appidacr !== '0' : appidacr === PROVED[proof.kind]);
const PROVED = { secret: '1', certificate: '2' } as const;

/** The last day, and how long until it is over. */
function endOf(proof: ClientProof | null, now: Date): { expiresOn: string | null; leftMs: number } {
  if (proof?.kind === 'certificate')
    return { expiresOn: proof.expiresAt.slice(0, 10), leftMs: Date.parse(proof.expiresAt) - now.getTime() };
  const expiresOn = proof?.expiresOn ?? null;
  return {
    expiresOn,
    leftMs: expiresOn === null ? Infinity : Date.parse(expiresOn) + DAY_MS - now.getTime(),
  };
}

/** What tokens say of themselves, unless a request for one was refused for a reason of the item. */
function byTokens(known: Known, item: string): Verdict {
  const fresh = known.fresh.filter(isToken);
  return (
    brokenBy(refusedFor(item, fresh), ['S24']) ??
    worstOf(
      known.judgements.filter((one) => one.item === item),
      fresh,
    ) ??
    inconclusive({ fresh, stale: known.stale.filter(isToken), none: NO_TOKEN }, ['S24'])
  );
}

/** X2: what the tokens permit, and consents that are missing. */
export const consent = (known: Known): Verdict => byTokens(known, 'X2');

/** X3: whose tenant the tokens are of, and hosts, tenants and applications that Entra does not find. */
export const tenant = (known: Known): Verdict => byTokens(known, 'X3');

/** X4: what a policy says to this server; where others get tokens, it is one by location. */
export function policy(known: Known, { name, roles }: ChecklistServer): Verdict {
  const tokens = known.fresh.filter(isToken);
  const here = tokens.filter(({ server }) => server === name);
  const refused = brokenBy(refusedFor('X4', here), ['S28']);
  if (refused) {
    const others = distinct(
      tokens.filter((seen) => seen.server !== name && works(seen)).map((seen) => seen.server),
    );
    return others.length === 0
      ? refused
      : { ...refused, sentences: [...refused.sentences, say('refused.here-only', name, others)] };
  }
  const got = here.filter(works);
  if (got.length > 0)
    return {
      verdict: 'holds',
      sentences: [say('policy.passed', name)],
      nextSteps: [],
      statements: ['S46'],
      evidence: got,
    };
  const stale = known.stale.filter((seen) => seen.server === name && isToken(seen));
  // A services server refreshes what anybody signed in for (S48); an application server has to be the one that was
  // chosen (S47).
  const none = roles.includes('services') ? NO_TOKEN : { ...NO_TOKEN, needed: say('need.token-at', name) };
  return inconclusive({ fresh: here, stale, none }, ['S46']);
}

/** X5: whether Entra gives tokens of the user. A token that lives on shows nothing of an account disabled since. */
export function account(known: Known, mailbox: MailboxSettings): Verdict {
  const ofUser = (seen: Seen): boolean => isTokenOf(mailbox, seen);
  const fresh = known.fresh.filter(ofUser);
  const refused = brokenBy(refusedFor('X5', fresh), ['S29']);
  if (refused) return refused;
  const [got] = fresh.filter((seen) => works(seen) && !isAppOnly(seen.result));
  const application = applicationSignsIn(known, mailbox);
  if (got || application)
    return {
      verdict: 'holds',
      sentences: [
        got
          ? say('account.good', mailbox.userName, got.server)
          : say('user.application', application?.server ?? ''),
      ],
      nextSteps: [],
      statements: ['S29'],
      evidence: [got ?? application].filter((seen) => seen !== undefined),
    };
  return inconclusive({ fresh, stale: known.stale.filter(ofUser), none: NO_TOKEN }, ['S29']);
}
