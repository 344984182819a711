import type { MailboxSettings } from '../settings/setting.ts';
import { clock } from './items/clock-item.ts';
import { licence, permissions, protocols, tokenUser } from './items/mailbox-items.ts';
import { ports, tls, urls } from './items/path-items.ts';
import { clientProtocol, service } from './items/service-items.ts';
import { externalTest, externalUrl, redirectUri, tokenLifetime, version } from './items/settings-items.ts';
import { account, clientProof, consent, policy, tenant } from './items/token-items.ts';
import type { ChecklistServer, Known, Verdict } from './known.ts';

/** C1 to C11 are of Cisco's document, X1 to X9 are what real errors point to beside it. */
export type ItemId =
  `C${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11}` | `X${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}`;

/** One item: the kind of its subjects, and how one of them is judged. */
export type Item = { readonly item: ItemId } & (
  | { readonly kind: 'site'; judge(known: Known): Verdict }
  | { readonly kind: 'server'; judge(known: Known, server: ChecklistServer): Verdict }
  | { readonly kind: 'mailbox'; judge(known: Known, mailbox: MailboxSettings): Verdict }
);

/** Every item, in the order in which people read them. */
export const ITEMS: readonly Item[] = [
  { item: 'C1', kind: 'site', judge: version },
  { item: 'C2', kind: 'site', judge: externalUrl },
  { item: 'C3', kind: 'site', judge: redirectUri },
  { item: 'C4', kind: 'site', judge: tokenLifetime },
  { item: 'C5', kind: 'mailbox', judge: tokenUser },
  { item: 'C6', kind: 'mailbox', judge: protocols },
  { item: 'C7', kind: 'mailbox', judge: licence },
  { item: 'C8', kind: 'mailbox', judge: permissions },
  { item: 'C9', kind: 'server', judge: urls },
  { item: 'C10', kind: 'server', judge: ports },
  { item: 'C11', kind: 'site', judge: externalTest },
  { item: 'X1', kind: 'site', judge: clientProof },
  { item: 'X2', kind: 'site', judge: consent },
  { item: 'X3', kind: 'site', judge: tenant },
  { item: 'X4', kind: 'server', judge: policy },
  { item: 'X5', kind: 'mailbox', judge: account },
  { item: 'X6', kind: 'server', judge: tls },
  { item: 'X7', kind: 'site', judge: service },
  { item: 'X8', kind: 'mailbox', judge: clientProtocol },
  { item: 'X9', kind: 'server', judge: clock },
];
