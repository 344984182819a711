import type { Bilingual, Owner } from '@mailpath/protocol';
import { traceMessage } from './remedies.ts';

/** What one detail of a status code is about, where its subject alone says too little. */
export interface Detail {
  readonly items: readonly [string, ...string[]];
  readonly owner: Owner;
  readonly meaning: Bilingual;
  readonly action: Bilingual;
}

const recipient = (en: string, ja: string): Detail => ({
  items: ['C7'],
  owner: 'exchange',
  meaning: { en, ja },
  action: traceMessage,
});

const tooBig: Detail = {
  items: ['X8'],
  owner: 'exchange',
  meaning: {
    en: 'The message is larger than the server, or the mailbox that it is for, accepts: it is the content of the message.',
    ja: 'メッセージが、サーバーまたは宛先のメールボックスの受け入れ可能なサイズを超えています。メッセージの内容の問題です。',
  },
  action: {
    en: 'Compare the size of the message with the limits (Get-Mailbox, Get-TransportConfig: MaxSendSize, MaxReceiveSize), and send it smaller.',
    ja: 'メッセージのサイズを上限 (Get-Mailbox、Get-TransportConfig の MaxSendSize、MaxReceiveSize) と比較し、小さくして送信してください。',
  },
};

const full: Detail = {
  items: ['C7'],
  owner: 'exchange',
  meaning: {
    en: 'The mailbox is full: of the recipient, or of the sender where copies are kept.',
    ja: 'メールボックスがいっぱいです。受信者のメールボックス、または送信済みのコピーを保存する送信者のメールボックスです。',
  },
  action: {
    en: 'See which mailbox the line names, and make room in it or raise its quota (Get-MailboxStatistics).',
    ja: '応答がどのメールボックスを指すかを確認し、空き容量を確保するか、クォータを引き上げてください (Get-MailboxStatistics)。',
  },
};

const password: Detail = {
  items: ['X5'],
  owner: 'entra',
  meaning: {
    en: 'The account has to set another password before it may sign in by this mechanism (RFC 4954, section 6).',
    ja: 'この方式でサインインする前に、アカウントのパスワードを設定し直す必要があります (RFC 4954、6 節)。',
  },
  action: {
    en: 'Sign in as the account in a browser and set the password that is asked for, then try again.',
    ja: 'ブラウザーでそのアカウントとしてサインインし、要求されたパスワードを設定してから、再度試してください。',
  },
};

/**
 * By subject and detail (IANA, SMTP enhanced status codes; RFC 3463, 4954, 5248). Time heals none of them, whatever
 * their class promises: somebody has to change an address, a mailbox, a message or an account first.
 */
export const SMTP_DETAILS: Readonly<Record<string, Detail>> = {
  '1.1': recipient(
    'The recipient is not known: there is no such mailbox.',
    '受信者のメールボックスが存在しません。',
  ),
  '1.2': recipient(
    'The domain of the recipient does not exist, or accepts no mail.',
    '受信者のドメインが存在しないか、メールを受け付けません。',
  ),
  '1.3': recipient(
    'The address of the recipient is not well formed.',
    '受信者のアドレスの形式が正しくありません。',
  ),
  '1.6': recipient(
    'The recipient has moved, and nobody says where to.',
    '受信者は移転しており、移転先は示されていません。',
  ),
  '1.10': recipient(
    'The domain of the recipient accepts no mail (RFC 7505).',
    '受信者のドメインはメールを受け付けません (RFC 7505)。',
  ),
  '2.2': full,
  '2.3': tooBig,
  '3.4': tooBig,
  '5.3': {
    items: ['X7'],
    owner: 'exchange',
    meaning: {
      en: 'A limit of recipients in one message is reached.',
      ja: '1 通のメッセージの受信者数の上限に達しています。',
    },
    action: {
      en: 'Compare the number of recipients with the limit (Get-Mailbox, Get-TransportConfig: RecipientLimits), and send to fewer at once.',
      ja: '受信者数を上限 (Get-Mailbox、Get-TransportConfig の RecipientLimits) と比較し、一度に送信する受信者を減らしてください。',
    },
  },
  '7.12': password,
};
