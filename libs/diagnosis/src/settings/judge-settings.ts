import type { SettingVerdict } from '@mailpath/protocol';
import { judgeVersion } from './ece-version.ts';
import { judgeExternalUrl } from './external-url.ts';
import { judgeLicence } from './licence.ts';
import { judgeSwitches } from './protocol-switches.ts';
import { judgeRedirectUri } from './redirect-uri.ts';
import type { MailboxSettings, Seen, SiteSettings } from './setting.ts';
import { judgeTokens } from './token.ts';

/** All settings of a site, judged in the checklist's order: C1 to C5, then C6 and C7 mailbox by mailbox. `seen` are the newest results. */
export function judgeSettings(
  site: SiteSettings,
  mailboxes: readonly MailboxSettings[],
  seen: readonly Seen[],
): SettingVerdict[] {
  return [
    judgeVersion(site),
    ...judgeExternalUrl(site, seen),
    ...judgeRedirectUri(site, seen),
    ...judgeTokens(site, mailboxes, seen),
    ...mailboxes.flatMap((mailbox) => [...judgeSwitches(site, mailbox, seen), judgeLicence(mailbox, seen)]),
  ];
}
