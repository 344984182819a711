import { endpointOf } from '../look.ts';
import type { Language, Readiness } from '@mailpath/protocol';
import { serviceOf } from '../demand.ts';
import { isOf, SWITCHED_OFF } from '../settings/protocol-switches.ts';
import type { MailboxSettings, Seen } from '../settings/setting.ts';
import { distinctEvidence, joined, know } from './checklist.ts';
import { fails, messageOf, works, type ChecklistInput, type ChecklistServer, type Known } from './known.ts';
import { inconclusive } from './inconclusive.ts';
import { say, type Told } from './words/catalogue.ts';

interface State {
  state: Readiness['state'];
  sentences: readonly (Told | string)[];
  nextSteps: readonly (Told | string)[];
  evidence: readonly Seen[];
}

/**
 * Whether each server can send from each mailbox without basic authentication: both roles send, the dispatcher on
 * services servers (S49) and alarm notifications on application servers (S50). Pure.
 */
export function readiness(input: ChecklistInput, language: Language = 'en'): Readiness[] {
  const known = know(input);
  return known.mailboxes.flatMap((mailbox) =>
    known.servers.map((server) => {
      const { state, sentences, nextSteps, evidence } = judge(known, mailbox, server);
      return {
        mailbox: mailbox.address,
        server: server.name,
        state,
        sentence: joined(sentences, language),
        nextStep: nextSteps.length === 0 ? null : joined(nextSteps, language),
        statements: [
          ...(server.roles.includes('services') ? ['S49'] : []),
          ...(server.roles.includes('application') ? ['S50'] : []),
          'S58',
        ],
        evidence: distinctEvidence(evidence),
      };
    }),
  );
}

function judge(known: Known, mailbox: MailboxSettings, { name }: ChecklistServer): State {
  const { address } = mailbox;
  // A message that was taken and could not be found again was sent all the same.
  const sends = (seen: Seen): boolean =>
    seen.server === name && serviceOf(seen.result) === 'smtp' && seen.result.failure?.phase !== 'receive';
  const signsIn = (seen: Seen): boolean => sends(seen) && isOf(mailbox, seen.result.target);
  const fresh = known.fresh.filter(signsIn);
  const refused = fresh.filter((seen) => fails(seen) && seen.result.failure?.code === 'denied');
  const [signedIn] = fresh.filter(works);
  // What was entered is out of date where a server has signed in since.
  const isOff = refused.some(isSwitchedOff) || (mailbox.smtpAuthEnabled === false && !signedIn);
  const lost = known.fresh.filter(
    (seen) =>
      (signsIn(seen) || (sends(seen) && seen.result.target.mailbox === undefined)) &&
      fails(seen) &&
      seen.result.failure?.code !== 'denied' &&
      seen.result.failure?.code !== 'unavailable',
  );
  if (isOff || refused.length > 0 || lost.length > 0)
    return {
      state: 'not-ready',
      sentences: [
        ...(isOff ? [say('ready.switched-off', address)] : []),
        ...refused.map((seen) => say('ready.refused', name, address, messageOf(seen))),
        ...lost.map((seen) => say('ready.no-way', name, messageOf(seen))),
      ],
      nextSteps: [...(isOff ? [say('switch.turn-on', mailbox.userName, TURN_ON)] : []), say('ready.mend')],
      evidence: [...refused, ...lost],
    };
  if (signedIn)
    return {
      state: 'ready',
      sentences: [say('ready.good', name, address, endpointOf(signedIn.result))],
      nextSteps: [],
      evidence: [signedIn],
    };
  const none = { sentence: say('ready.unknown', name, address), needed: say('ready.try') };
  return { ...inconclusive({ fresh, stale: known.stale.filter(signsIn), none }, []), state: 'cannot-tell' };
}

const TURN_ON = '-SmtpClientAuthenticationDisabled $false';
const isSwitchedOff = ({ result }: Seen): boolean =>
  SWITCHED_OFF.test(result.evidence.login?.reply ?? result.failure?.message ?? '');
