import type { Language, SettingVerdict } from '@mailpath/protocol';
import { judgeVersion } from './ece-version.ts';
import { judgeExternalUrl } from './external-url.ts';
import { judgeLicence } from './licence.ts';
import { judgeSwitches } from './protocol-switches.ts';
import { judgeFields } from './parameter-verdicts.ts';
import { judgeRedirectUri } from './redirect-uri.ts';
import { verdictIn, type Judgement, type MailboxSettings, type Seen, type SiteSettings } from './setting.ts';
import { judgeTokens } from './token.ts';

/** Every setting of a site in words; `judgementsOn` says in what order. */
export function judgeSettings(
  site: SiteSettings,
  mailboxes: readonly MailboxSettings[],
  seen: readonly Seen[],
  language: Language = 'en',
): SettingVerdict[] {
  return judgementsOn(site, mailboxes, seen).map(verdictIn(language));
}

/**
 * All settings of a site, judged in the checklist's order: C1 to C5, then C6 and C7 mailbox by mailbox. `seen` are the
 * newest results.
 */
export function judgementsOn(
  site: SiteSettings,
  mailboxes: readonly MailboxSettings[],
  seen: readonly Seen[],
): Judgement[] {
  return [
    judgeVersion(site),
    ...judgeExternalUrl(site, seen),
    ...judgeRedirectUri(site, seen),
    ...judgeFields(site),
    ...judgeTokens(site, mailboxes, seen),
    ...mailboxes.flatMap((mailbox) => [...judgeSwitches(site, mailbox, seen), judgeLicence(mailbox, seen)]),
  ];
}
