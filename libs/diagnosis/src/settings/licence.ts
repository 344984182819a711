import { getsThrough } from '../look.ts';
import { opensMailbox } from '../sign-in/sign-in.ts';
import { say } from '../checklist/words/catalogue.ts';
import { isOf } from './protocol-switches.ts';
import { shown, verdictsOn, type Judgement, type MailboxSettings, type Seen } from './setting.ts';

/**
 * E3 and what contains it, in names and in Microsoft's codes (ENTERPRISEPACK is Office 365 E3, ENTERPRISEPREMIUM its
 * E5).
 */
const AT_LEAST_E3 = /\bE[35]\b|\bSPE_E[35]\b|\bENTERPRISEPACK|\bENTERPRISEPREMIUM/i;
/** The same rank for governments and schools, which the checklist does not speak of. */
const COUNTERPART = /\b[GA][35]\b/i;
/** Plans that are known to be less. */
const LESS =
  /\bE[12]\b|\bF[123]\b|\bK1\b|\bkiosk\b|\bbusiness\b|\bplan [12]\b|\bEXCHANGESTANDARD\b|\bEXCHANGEENTERPRISE\b|\bSTANDARDPACK\b|\bDESKLESSPACK\b|\bSPE_F1\b|^none$|^no$/i;

/** C7: the licence as entered, and whether a server has opened the mailbox, which no unlicensed one lets happen. */
export function judgeLicence(mailbox: MailboxSettings, seen: readonly Seen[]): Judgement {
  const { holds, broken, cannotTell } = verdictsOn('C7', mailbox.address);
  const { licence } = mailbox;
  const opened = seen.find(
    ({ result }) => opensMailbox(result) && getsThrough(result) && isOf(mailbox, result.target),
  );
  if (licence === null)
    return cannotTell(
      opened ? say('licence.missing-opened', opened.server) : say('licence.missing'),
      say('licence.enter'),
      'S37',
    );
  if (AT_LEAST_E3.test(licence)) return holds(say('licence.enough', shown(licence)), null, 'S37');
  if (COUNTERPART.test(licence) || !LESS.test(licence))
    return cannotTell(say('licence.unknown', shown(licence)), say('licence.ask'), 'S37');
  // What a server shows wins: the mailbox works, and only the support of Cisco is in question.
  if (opened)
    return cannotTell(
      say('licence.less-opened', shown(licence), opened.server),
      say('licence.ask-support'),
      'S37',
    );
  return broken(say('licence.less', shown(licence)), say('licence.assign'), 'S37');
}
