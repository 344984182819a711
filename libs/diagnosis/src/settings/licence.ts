import type { SettingVerdict } from '@mailpath/protocol';
import { isOf } from './protocol-switches.ts';
import { shown, verdictsOn, type MailboxSettings, type Seen } from './setting.ts';

/** E3 and what contains it, in names and in Microsoft's codes (ENTERPRISEPACK is Office 365 E3, ENTERPRISEPREMIUM its E5). */
const AT_LEAST_E3 = /\bE[35]\b|\bSPE_E[35]\b|\bENTERPRISEPACK|\bENTERPRISEPREMIUM/i;
/** The same rank for governments and schools, which the checklist does not speak of. */
const COUNTERPART = /\b[GA][35]\b/i;
/** Plans that are known to be less. */
const LESS =
  /\bE[12]\b|\bF[123]\b|\bK1\b|\bkiosk\b|\bbusiness\b|\bplan [12]\b|\bEXCHANGESTANDARD\b|\bEXCHANGEENTERPRISE\b|\bSTANDARDPACK\b|\bDESKLESSPACK\b|\bSPE_F1\b|^none$|^no$/i;

const SOURCE =
  "Cisco's checklist asks for E3 at least; Microsoft itself asks for a licensed mailbox with the protocols on.";

/** C7: the licence as entered, and whether a server has opened the mailbox, which no unlicensed one lets happen. */
export function judgeLicence(mailbox: MailboxSettings, seen: readonly Seen[]): SettingVerdict {
  const { holds, broken, cannotTell } = verdictsOn('C7', mailbox.address);
  const { licence } = mailbox;
  const opened = seen.find(
    ({ result: { check, outcome, target } }) =>
      (check === 'imap.mailbox' || check === 'pop3.mailbox') &&
      (outcome === 'pass' || outcome === 'warn') &&
      isOf(mailbox, target),
  );
  if (licence === null)
    return cannotTell(
      opened
        ? `The licence is not entered; ${opened.server} opened the mailbox, so it has one.`
        : 'The licence of the mailbox is not entered.',
      `Enter it here. ${SOURCE}`,
      'S37',
    );
  if (AT_LEAST_E3.test(licence)) return holds(`The licence ${shown(licence)} is E3 or more.`, null, 'S37');
  if (COUNTERPART.test(licence) || !LESS.test(licence))
    return cannotTell(
      `Whether the licence ${shown(licence)} counts as E3 is not known here.`,
      `Ask Cisco. ${SOURCE}`,
      'S37',
    );
  // What a server shows wins: the mailbox works, and only the support of Cisco is in question.
  if (opened)
    return cannotTell(
      `The licence ${shown(licence)} is less than E3, and ${opened.server} opened the mailbox all the same.`,
      `Ask Cisco whether it supports that. ${SOURCE}`,
      'S37',
    );
  return broken(`The licence ${shown(licence)} is less than E3.`, `Assign E3 at least. ${SOURCE}`, 'S37');
}
