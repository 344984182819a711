import type { ExchangeRow } from './exchange-row.ts';

/** What the SMTP server says of a message that it took and then could not hand over for its sender. */
export const SMTP_MAILBOX_ANSWERS: readonly ExchangeRow[] = [
  {
    row: 'D34',
    protocol: 'smtp',
    phases: ['send'],
    code: 'denied',
    items: ['X5', 'X7'],
    owner: 'exchange',
    retry: 'no',
    patterns: [/^55\d[ -]5\.2\.\d{1,3} STOREDRV\.Submission\.Exception:OutboundSpamException\b/i],
    meaning: {
      en: 'Exchange Online holds the account for a source of spam and has blocked or limited its sending; a trial tenant has low limits.',
      ja: 'Exchange Online がアカウントをスパムの送信元と見なし、送信をブロックまたは制限しています。試用版テナントの上限は低く設定されています。',
    },
    remedy: {
      en: 'In the Microsoft Defender portal open Restricted entities and read why; secure the account, then release it, and look at the outbound limits of the tenant.',
      ja: 'Microsoft Defender ポータルの「制限されたエンティティ」(Restricted entities) で理由を確認し、アカウントを保護してから解除してください。テナントの送信の上限も確認してください。',
    },
  },
  {
    row: 'D35',
    protocol: 'smtp',
    phases: ['send'],
    code: 'unavailable',
    items: ['C8'],
    owner: 'exchange',
    retry: 'no',
    denies: 'log-on',
    patterns: [/^4\d\d[ -]4\.2\.0 STOREDRV; mailbox logon failure\b/i],
    meaning: {
      en: 'Who signed in may not log on to this mailbox to send; the class of the code promises that it passes, and it does not.',
      ja: 'サインインしたアカウントまたはアプリケーションには、送信のためにこのメールボックスへログオンする権限がありません。コードのクラスは一時的な障害を示していますが、自然には解消しません。',
    },
    remedy: {
      en: 'Check with Get-MailboxPermission and Get-RecipientPermission who has FullAccess and SendAs on this mailbox, and give both to who signs in.',
      ja: 'このメールボックスの FullAccess と SendAs を誰が持っているか、Get-MailboxPermission と Get-RecipientPermission で確認し、サインインするアカウントまたはアプリケーションに両方を付与してください。',
    },
  },
];
