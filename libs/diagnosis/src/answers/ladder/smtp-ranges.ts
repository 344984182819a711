import type { EnhancedStatus } from './status-code.ts';
import { comparePublicAddress, traceMessage } from './remedies.ts';
import type { LadderAnswer } from './rung.ts';

/** A span of details of one class and subject that stand for one thing, with any text. */
export interface StatusRange extends Omit<LadderAnswer, 'rung'> {
  readonly class: 4 | 5;
  readonly subject: number;
  /** Both ends belong to it. */
  readonly details: readonly [number, number];
  /** Where the meaning was read; NDR as for the codes by themselves. */
  readonly source: string;
}

const NDR = 'NDR';
const BLOCK_PAGE = 'NDR; fix-error-code-5-7-700-through-5-7-750.md';

const bannedAddress: Pick<StatusRange, 'items' | 'owner' | 'retry' | 'meaning' | 'action'> = {
  items: ['X5', 'C10'],
  owner: 'exchange',
  retry: 'no',
  meaning: {
    en: 'The public address that asks is blocked from sending: it stands on Microsoft’s list of blocked senders. No account, token or mailbox is at fault.',
    ja: '接続元のパブリック アドレスが Microsoft のブロック リストに登録されており、送信がブロックされています。アカウント、トークン、メールボックスに問題はありません。',
  },
  action: {
    en: 'Find out what else sends mail from that address and stop what should not; then ask for its removal at https://sender.office.com, or by the address that the answer names.',
    ja: 'そのアドレスからほかに何がメールを送信しているかを調べ、不正な送信を止めてください。その後、https://sender.office.com または応答に示された連絡先で解除を申請してください。',
  },
};

const recipientRefuses = (
  en: string,
  ja: string,
): Pick<StatusRange, 'items' | 'owner' | 'retry' | 'meaning' | 'action'> => ({
  items: ['C8'],
  owner: 'exchange',
  retry: 'no',
  meaning: { en, ja },
  action: traceMessage,
});

const notValid = recipientRefuses(
  'The recipient’s address is not valid, by the list of Exchange Online.',
  '受信者のアドレスが有効ではないと Exchange Online が判断しています。',
);
const addressBlockedThere = recipientRefuses(
  'The recipient’s organization has blocked the public address that this mail comes from; nothing of this tenant forbids it.',
  '受信者の組織が、このメールの送信元パブリック アドレスをブロックしています。送信側のテナントの設定ではありません。',
);
const receivesTooMuch = (
  items: StatusRange['items'],
): Pick<StatusRange, 'items' | 'owner' | 'retry' | 'meaning' | 'action'> => ({
  items,
  owner: 'exchange',
  retry: 'wait',
  meaning: {
    en: 'A limit on sending is reached: the recipient receives no more messages in this hour.',
    ja: '送信の上限に達しました。受信者が 1 時間に受信できるメッセージ数を超えています。',
  },
  action: traceMessage,
});

/** Spans of Exchange Online's own details, which Microsoft's list gives from–to or one beside the other. */
export const SMTP_RANGES: readonly StatusRange[] = [
  { class: 5, subject: 2, details: [121, 122], source: NDR, ...receivesTooMuch(['X7']) },
  { class: 5, subject: 7, details: [504, 505], source: NDR, ...notValid },
  { class: 5, subject: 7, details: [507, 507], source: NDR, ...addressBlockedThere },
  {
    class: 5,
    subject: 7,
    details: [508, 508],
    source: NDR,
    items: ['X7'],
    owner: 'exchange',
    retry: 'wait',
    meaning: {
      en: 'A limit on sending is reached: too many messages came from the range of the public address in a short time.',
      ja: '送信の上限に達しました。パブリック アドレスの範囲から短時間に送信されたメッセージが多すぎます。',
    },
    action: comparePublicAddress,
  },
  {
    class: 5,
    subject: 7,
    details: [510, 510],
    source: NDR,
    ...recipientRefuses(
      'The recipient accepts no mail over IPv6.',
      '受信者は IPv6 経由のメールを受け付けません。',
    ),
  },
  { class: 5, subject: 7, details: [511, 511], source: NDR, ...bannedAddress },
  { class: 5, subject: 7, details: [513, 513], source: NDR, ...addressBlockedThere },
  { class: 5, subject: 7, details: [606, 649], source: NDR, ...bannedAddress },
  {
    class: 5,
    subject: 7,
    details: [703, 703],
    source: NDR,
    items: ['X5'],
    owner: 'exchange',
    retry: 'no',
    meaning: {
      en: 'The recipient, or the domain of it, stands on the Tenant Allow/Block List of this organization, so that no message to it is sent.',
      ja: '受信者またはそのドメインが、組織のテナント許可/禁止リストに登録されているため、メッセージを送信できません。',
    },
    action: {
      en: 'In the Microsoft Defender portal open Tenant Allow/Block List, and take the entry of the recipient or its domain out if it should not be there.',
      ja: 'Microsoft Defender ポータルの「テナント許可/禁止リスト」(Tenant Allow/Block List) を開き、不要であれば受信者またはドメインのエントリを削除してください。',
    },
  },
  {
    class: 5,
    subject: 7,
    details: [700, 750],
    source: BLOCK_PAGE,
    items: ['X5'],
    owner: 'exchange',
    retry: 'no',
    meaning: {
      en: 'The tenant is blocked from sending, or is limited in it, because its traffic looks suspicious.',
      ja: 'トラフィックが不審と判断されたため、テナントの送信がブロックまたは制限されています。',
    },
    action: {
      en: 'Look for compromised accounts, open connectors and domains that are not registered in the tenant; then open a ticket with Microsoft support.',
      ja: 'テナント内の侵害されたアカウント、保護されていないコネクタ、未登録のドメインを確認し、Microsoft サポートに問い合わせてください。',
    },
  },
  {
    class: 4,
    subject: 7,
    details: [850, 899],
    source: NDR,
    items: ['X7'],
    owner: 'exchange',
    retry: 'wait',
    meaning: {
      en: 'Exchange Online throttles the public address that asks: what comes from it looks suspicious.',
      ja: '接続元のパブリック アドレスからの通信が不審と判断され、Exchange Online がスロットリングを行っています。',
    },
    action: {
      en: 'See what else sends from that address, and whether the account sent spam; the restriction ends by itself when that has stopped.',
      ja: 'そのアドレスからほかに何が送信しているか、アカウントが迷惑メールを送信していないかを確認してください。原因がなくなれば、制限は自動的に解除されます。',
    },
  },
];

/** The first span that the status lies in; the narrow ones stand before the wide one around them. */
export function smtpRange(status: EnhancedStatus): StatusRange | null {
  return (
    SMTP_RANGES.find(
      ({ class: kind, subject, details: [from, to] }) =>
        kind === status.class && subject === status.subject && from <= status.detail && status.detail <= to,
    ) ?? null
  );
}
