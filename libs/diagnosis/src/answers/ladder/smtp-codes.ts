import type { LadderAnswer } from './rung.ts';
import { smtpRange } from './smtp-ranges.ts';
import { readSmtpReply } from './status-code.ts';
import { readSignIns, traceMessage } from './remedies.ts';

/**
 * `source`: where the meaning was read. NDR: MicrosoftDocs/SupportArticles-docs, Exchange/ExchangeOnline/email-
 * delivery/
 * ndr/non-delivery-reports-in-exchange-online.md; GK: unsourced, from general knowledge.
 */
type Known = Omit<LadderAnswer, 'rung'> & { readonly source: string };

/** A recipient that takes no mail from senders who have not signed in to its organization, by the kind that it is. */
const forOwnPeopleOnly = (code: string, en: string, ja: string, page: string): Record<string, Known> => ({
  [code]: {
    source: `NDR: Sender was not authenticated; ${page}`,
    items: ['C8'],
    owner: 'exchange',
    retry: 'no',
    meaning: {
      en: `The recipient is ${en} that accepts mail from signed-in senders of its organization only.`,
      ja: `受信者は、組織内の認証済みの送信者からのメールだけを受け付ける${ja}です。`,
    },
    action: traceMessage,
  },
});

/**
 * Enhanced status codes that say enough without their text, which may be in any language (Microsoft: fix NDR errors in
 * Exchange Online; authenticated SMTP). A code that a row tells with its text comes to this table with any other text.
 */
export const SMTP_CODES: Readonly<Record<string, Known>> = {
  '5.7.139': {
    source: 'Microsoft: authenticated client SMTP submission; aka.ms/smtp_auth_disabled',
    items: ['C6', 'X4'],
    owner: 'exchange',
    retry: 'no',
    meaning: {
      en: 'Exchange Online does not let this account sign in by SMTP: SMTP AUTH is off, or a policy or security defaults forbid it. Which of them it is stands in the text.',
      ja: 'Exchange Online がこのアカウントの SMTP でのサインインを許可していません。SMTP AUTH が無効であるか、ポリシーまたはセキュリティの既定値群で禁止されています。どれに該当するかは応答の文面に示されています。',
    },
    action: {
      en: 'Read the text; look at SmtpClientAuthenticationDisabled with Get-CASMailbox and Get-TransportConfig, and at this sign-in in the Entra sign-in log.',
      ja: '応答の文面を読み、Get-CASMailbox と Get-TransportConfig で SmtpClientAuthenticationDisabled を、Entra のサインイン ログでこのサインインを確認してください。',
    },
  },
  '5.7.124': {
    source: 'NDR: Sender not in allowed-senders list; fix-error-code-5-7-124-in-exchange-online.md',
    items: ['C8'],
    owner: 'exchange',
    retry: 'no',
    meaning: {
      en: 'The recipient accepts mail from listed senders only, and this sender is not on its list.',
      ja: '受信者は登録された送信者からのメールだけを受け付けますが、この送信者は登録されていません。',
    },
    action: traceMessage,
  },
  '5.7.129': {
    source:
      'RESOLVER.RST.RestrictedToRecipientsPermission, as bounces quote it; in no list of Microsoft that was found',
    items: ['C8'],
    owner: 'exchange',
    retry: 'no',
    meaning: {
      en: 'The recipient restricts who may send to it, and this sender has no permission.',
      ja: '受信者が送信者を制限しており、この送信者には送信の権限がありません。',
    },
    action: traceMessage,
  },
  ...forOwnPeopleOnly('5.7.133', 'a group', 'グループ', 'fix-error-code-5-7-133-in-exchange-online.md'),
  ...forOwnPeopleOnly(
    '5.7.134',
    'a mailbox',
    'メールボックス',
    'fix-error-code-5-7-134-in-exchange-online.md',
  ),
  ...forOwnPeopleOnly(
    '5.7.13',
    'a public folder',
    'パブリック フォルダー',
    'fix-error-code-5-7-13-or-5-7-135-in-exchange-online.md',
  ),
  ...forOwnPeopleOnly(
    '5.7.135',
    'a public folder',
    'パブリック フォルダー',
    'fix-error-code-5-7-13-or-5-7-135-in-exchange-online.md',
  ),
  ...forOwnPeopleOnly(
    '5.7.136',
    'a mail user',
    'メール ユーザー',
    'fix-error-code-5-7-136-in-exchange-online.md',
  ),
  '5.5.124': {
    source: 'GK; RFC 3463, section 3.6: subject 5 is the protocol',
    items: ['X8'],
    owner: 'mailpath',
    retry: 'no',
    meaning: {
      en: 'The server does not accept the form of a command, or of an argument of it.',
      ja: 'サーバーが、コマンドまたはその引数の形式を受け付けません。',
    },
    action: {
      en: 'Compare the lines of the dialogue with a server that works: the client sends them wrongly, or a device on the path changes them.',
      ja: '通信の記録を正常なサーバーのものと比較してください。クライアントの送信内容に誤りがあるか、経路上の機器が書き換えています。',
    },
  },
  '5.7.515': {
    source:
      'Microsoft, requirements for senders of many messages (Outlook, 5 May 2025): sending domain does not meet the required authentication level',
    items: ['X5'],
    owner: 'exchange',
    retry: 'no',
    meaning: {
      en: 'The domain of the sender does not pass the authentication (SPF, DKIM and DMARC) that the recipient’s service asks of senders.',
      ja: '送信者のドメインが、受信側のサービスが要求する認証 (SPF、DKIM、DMARC) に合格していません。',
    },
    action: {
      en: 'Let the administrators of the sender’s domain see SPF, DKIM and DMARC of it, and the authentication results of a message that arrived.',
      ja: '送信者のドメインの管理者に、SPF、DKIM、DMARC と、届いたメッセージの認証結果を確認してもらってください。',
    },
  },
  '5.7.30': {
    source: 'Microsoft: end of basic authentication for SMTP AUTH',
    items: ['C1'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'A login with a password is refused: basic authentication has ended for this service.',
      ja: 'パスワードによるログインが拒否されました。このサービスの基本認証は終了しています。',
    },
    action: {
      en: 'The alias in ECE still uses a password: set it to OAuth and create a token.',
      ja: 'ECE のエイリアスがまだパスワードを使用しています。OAuth に設定し、トークンを作成してください。',
    },
  },
  '4.7.66': {
    source: 'Microsoft 365 admin center: opt-in endpoint for SMTP AUTH with legacy TLS; aka.ms/smtp_auth_tls',
    items: ['X6', 'X8'],
    owner: 'server-administrator',
    retry: 'no',
    meaning: {
      en: 'The connection uses TLS 1.0 or 1.1, which Exchange Online no longer accepts; no time heals that.',
      ja: '接続に TLS 1.0 または 1.1 が使用されていますが、Exchange Online ではサポートが終了しています。時間が経過しても解消しません。',
    },
    action: {
      en: 'See which version is agreed on, whether a device on the path lowers it, and let Java and the server offer TLS 1.2 or newer.',
      ja: '合意されたバージョンと、経路上の機器がバージョンを下げていないかを確認し、Java とサーバーで TLS 1.2 以降を有効にしてください。',
    },
  },
  '5.7.67': {
    source: 'Microsoft 365 admin center: opt-in endpoint for SMTP AUTH with legacy TLS',
    items: ['X6'],
    owner: 'server-administrator',
    retry: 'no',
    meaning: {
      en: 'The connection uses TLS 1.0 or 1.1, and the organization does not allow them (AllowLegacyTLSClients).',
      ja: '接続に TLS 1.0 または 1.1 が使用されていますが、組織で許可されていません (AllowLegacyTLSClients)。',
    },
    action: {
      en: 'See which version is agreed on, whether a device on the path lowers it, and let Java and the server offer TLS 1.2 or newer.',
      ja: '合意されたバージョンと、経路上の機器がバージョンを下げていないかを確認し、Java とサーバーで TLS 1.2 以降を有効にしてください。',
    },
  },
  '5.7.8': {
    source: 'RFC 4954, section 6',
    items: ['C5', 'X2'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'The credential of the login is not valid (RFC 4954).',
      ja: 'ログインの資格情報が有効ではありません (RFC 4954)。',
    },
    action: readSignIns,
  },
};

/** What the enhanced status code says by itself; null for one that neither the table nor a span of it has. */
export function smtpCode(line: string): LadderAnswer | null {
  const { status } = readSmtpReply(line);
  if (status === null) return null;
  const code = `${status.class}.${status.subject}.${status.detail}`;
  const known = (Object.hasOwn(SMTP_CODES, code) ? SMTP_CODES[code] : null) ?? smtpRange(status);
  if (!known) return null;
  const { items, owner, retry, meaning, action } = known;
  return { rung: 'code', items, owner, retry, meaning, action };
}
