import { signsInBy } from '../sign-in/sign-in.ts';
import { checkFacts, type CheckResult } from '@mailpath/protocol';
import { say } from '../checklist/words/catalogue.ts';
import { neededProtocols } from './scopes.ts';
import {
  newest,
  verdictsOn,
  type Judgement,
  type MailboxSettings,
  type Seen,
  type SiteSettings,
} from './setting.ts';

interface Switch {
  title: string;
  entered: (mailbox: MailboxSettings) => boolean | null;
  /** Exchange Online PowerShell that turns it on. */
  turnOn: string;
  statement: string;
}

const SWITCHES: Readonly<Record<'imap' | 'pop3' | 'smtp', Switch>> = {
  imap: {
    title: 'IMAP',
    entered: ({ imapEnabled }) => imapEnabled,
    turnOn: '-ImapEnabled $true',
    statement: 'S36',
  },
  pop3: {
    title: 'POP3',
    entered: ({ popEnabled }) => popEnabled,
    turnOn: '-PopEnabled $true',
    statement: 'S36',
  },
  smtp: {
    title: 'SMTP AUTH',
    entered: ({ smtpAuthEnabled }) => smtpAuthEnabled,
    turnOn: '-SmtpClientAuthenticationDisabled $false',
    statement: 'S35',
  },
};

/** A round trip signs in by two protocols, and so shows the switch of neither. */
const signsInAlone = (result: CheckResult) =>
  checkFacts(result.check).lane === 'round-trip' ? null : signsInBy(result);

/** The one refusal of Exchange that names the switch itself (535 5.7.139). */
export const SWITCHED_OFF = /SmtpClientAuthentication is disabled/i;

/** C6: SMTP, and what mail is fetched by. What a server shows wins over what was entered. */
export function judgeSwitches(
  site: SiteSettings,
  mailbox: MailboxSettings,
  seen: readonly Seen[],
): Judgement[] {
  return neededProtocols(site).flatMap((group) => {
    const verdicts = group.map((protocol) => judgeSwitch(protocol, mailbox, seen));
    // One of IMAP and POP3 is enough while the site has not decided.
    return verdicts.some(({ verdict }) => verdict === 'holds')
      ? verdicts.filter(({ verdict }) => verdict === 'holds')
      : verdicts;
  });
}

function judgeSwitch(
  protocol: keyof typeof SWITCHES,
  mailbox: MailboxSettings,
  seen: readonly Seen[],
): Judgement {
  const one = SWITCHES[protocol];
  const { address } = mailbox;
  const { holds, broken, cannotTell } = verdictsOn('C6', address);
  const { title, statement } = one;
  const entered = one.entered(mailbox);
  const last = newest(
    seen.filter(({ result }) => signsInAlone(result) === protocol && isOf(mailbox, result.target)),
  );
  // The switches that count are those of the user who signs in, also where that user opens another's mailbox.
  const remedy = say('switch.turn-on', mailbox.userName, one.turnOn);
  if (last && isSignedIn(last.result))
    return holds(
      say('switch.signed-in', title, last.server),
      entered === false ? say('switch.correct-entry') : null,
      'S34',
      statement,
    );
  const reply = last?.result.evidence.login?.reply ?? last?.result.failure?.message ?? '';
  if (last && SWITCHED_OFF.test(reply))
    return broken(say('switch.said-off', title, last.server), remedy, 'S34', statement);
  if (entered === false) return broken(say('switch.entered-off', title), remedy, 'S34', statement);
  const denied = last?.result.failure?.code === 'denied';
  if (denied)
    return cannotTell(
      say('switch.refused', title, last.server),
      say('switch.see-first', mailbox.userName),
      'S34',
      statement,
    );
  if (entered === true) return holds(say('switch.entered-on', title), null, 'S34', statement);
  return cannotTell(
    say('switch.unknown', title, address),
    say('switch.look', mailbox.userName),
    'S34',
    statement,
  );
}

/**
 * Whether the sign-in was taken, whatever came after it. A mailbox that does not open is no such proof: IMAP that is
 * switched off may show there first.
 */
const isSignedIn = ({ outcome, failure }: CheckResult): boolean =>
  outcome === 'pass' || outcome === 'warn' || failure?.phase === 'send';

/** Whether a result is about this mailbox. */
export const isOf = (
  mailbox: MailboxSettings,
  target: { name: string; mailbox?: string | undefined },
): boolean => target.name === mailbox.name || target.mailbox?.toLowerCase() === mailbox.address.toLowerCase();
