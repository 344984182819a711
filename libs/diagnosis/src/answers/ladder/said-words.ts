import type { Phase } from '@mailpath/protocol';
import { backOff, useOAuth } from '../exchange/remedies.ts';
import { readMailbox } from './remedies.ts';
import type { LadderAnswer } from './rung.ts';
import { firstSaid, type Said } from './said.ts';

const LIMIT: Said = {
  words: [
    ['connections', 'sessions', 'logins', 'concurrent', 'simultaneous'],
    ['too many', 'maximum', 'limit', 'exceed'],
  ],
  at: ['greeting', 'login', 'mailbox'],
  answer: {
    items: ['X7'],
    owner: 'ece-administrator',
    retry: 'back-off',
    meaning: {
      en: 'A limit of connections is reached: more are open for this user, or from this address, than the server allows.',
      ja: '接続数の上限に達しています。このユーザーまたはこのアドレスから、サーバーの許容数を超える接続が開かれています。',
    },
    action: backOff,
  },
};

/** By what Microsoft's translations call it; that it is said of a refused login is enough. */
const BASIC_AUTHENTICATION: Said = {
  words: [
    [
      'authentification de base',
      'standardauthentifizierung',
      'basisauthentifizierung',
      'autenticación básica',
      'autenticação básica',
      'autenticazione di base',
      'basisverificatie',
      'basisauthenticatie',
      'grundläggande autentisering',
      'uwierzytelnianie podstawowe',
      '基本認証',
      '基本身份验证',
      '基本驗證',
      '기본 인증',
    ],
  ],
  at: ['login', 'mailbox'],
  answer: {
    items: ['C1', 'C5'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'The words say that a login with a password is refused: basic authentication is disabled.',
      ja: '応答の文面は、基本認証が無効であり、パスワードによるログインが拒否されたことを示しています。',
    },
    action: useOAuth,
  },
};

const GOING_DOWN: Said = {
  words: [
    [
      'shutting down',
      'shut down',
      'shutdown',
      'restarting',
      'going down',
      'maintenance',
      'draining',
      'drained',
      'out of service',
      'not accepting connections',
      'not accepting new',
      'overload',
      'insufficient system resources',
      ' wartung',
      'wartungs',
      'neustart',
      'überlast',
      'mantenimiento',
      'manutenção',
      'manutenzione',
      'onderhoud',
      'メンテナンス',
      '再起動',
      '维护',
      '維護',
      '점검',
    ],
  ],
  unless: ['account', 'mailbox'],
  passes: true,
  at: ['greeting', 'login', 'mailbox'],
  answer: {
    items: ['X7'],
    owner: 'microsoft',
    retry: 'back-off',
    meaning: {
      en: 'The server cannot answer now: it says that it is stopped, restarted, in maintenance or overloaded.',
      ja: 'サーバーが停止、再起動、メンテナンスまたは過負荷のため、現在応答できません。',
    },
    action: backOff,
  },
};

const PROTOCOL_OFF: Said = {
  words: [
    ['imap', 'pop', 'protocol', 'smtp auth', 'smtpclientauth', 'smtp client auth'],
    ['is disabled', 'are disabled', 'been disabled', 'not enabled', 'is off', 'turned off', 'switched off'],
  ],
  unless: ['basic auth', 'password'],
  at: ['login', 'mailbox'],
  answer: {
    items: ['C6'],
    owner: 'exchange',
    retry: 'no',
    meaning: {
      en: 'The words say that the protocol is switched off: IMAP off, POP3 off or SMTP AUTH off, for the mailbox, the account or the tenant.',
      ja: '応答の文面は、メールボックス、アカウント、またはテナントでプロトコル (IMAP、POP3、SMTP AUTH) が無効であることを示しています。',
    },
    action: {
      en: 'See the switches of the mailbox: Get-CASMailbox shows ImapEnabled, PopEnabled and SmtpClientAuthenticationDisabled.',
      ja: 'メールボックスの設定を確認してください。Get-CASMailbox で ImapEnabled、PopEnabled、SmtpClientAuthenticationDisabled を表示できます。',
    },
  },
};

const NO_MAILBOX: Said = {
  words: [
    ['mailbox'],
    ['not provisioned', 'does not exist', "doesn't exist", 'not found', 'no such', 'not hosted'],
  ],
  at: ['login', 'mailbox'],
  answer: {
    items: ['C7', 'C8'],
    owner: 'exchange',
    retry: 'no',
    meaning: {
      en: 'The words say that the mailbox does not exist there: it was never made, has moved, or has no licence.',
      ja: '応答の文面は、メールボックスが存在しないことを示しています。未作成、移動済み、またはライセンスがない状態です。',
    },
    action: readMailbox,
  },
};

const FULL: Said = {
  words: [
    ['mailbox', 'quota'],
    [
      'is full',
      'mailbox full',
      'over quota',
      'over its quota',
      'quota exceeded',
      'exceeded its quota',
      'quota has been',
    ],
  ],
  unless: ['message', 'recipients'],
  at: ['login', 'mailbox'],
  answer: {
    items: ['C7'],
    owner: 'exchange',
    retry: 'no',
    meaning: {
      en: 'The mailbox is full, by the words of the answer.',
      ja: '応答の文面は、メールボックスがいっぱいであることを示しています。',
    },
    action: readMailbox,
  },
};

const CLIENT_NAME: Said = {
  words: [
    ['helo', 'ehlo'],
    ['rejected', 'invalid', 'not accepted', 'not allowed', 'fully-qualified', 'fqdn', 'need', 'bad'],
  ],
  at: ['greeting'],
  answer: {
    items: ['X8', 'C10'],
    owner: 'server-administrator',
    retry: 'no',
    meaning: {
      en: 'The server does not accept the name that this server gives itself in EHLO, as something that inspects SMTP does; Exchange Online accepts any.',
      ja: 'サーバーが EHLO で名乗る名前を受け付けません。SMTP を検査する機器の動作です。Exchange Online はどの名前も受け付けます。',
    },
    action: {
      en: 'Let the network team see what answers in the place of Exchange Online there, or give this server a name that it accepts.',
      ja: 'Exchange Online の代わりに何が応答しているかをネットワーク担当に確認してもらうか、受け付けられる名前をこのサーバーに付けてください。',
    },
  },
};

const MECHANISM: Said = {
  words: [
    ['mechanism', 'authentication type', 'authentication method', 'auth type'],
    ['unsupported', 'not supported', 'unrecognized', 'unknown', 'not available', 'invalid'],
  ],
  unless: ['password', 'basic auth'],
  at: ['login'],
  answer: {
    items: ['X8', 'X6'],
    owner: 'mailpath',
    retry: 'no',
    meaning: {
      en: 'The server does not know the form of a command: it accepts no such mechanism of login (XOAUTH2), which Exchange Online does.',
      ja: 'サーバーがログインの方式 (XOAUTH2) を認識しません。Exchange Online では利用できる方式です。',
    },
    action: {
      en: 'See what answers there: compare greeting and capabilities in the dialogue with those of Exchange Online.',
      ja: '何が応答しているかを確認してください。通信の記録の挨拶と機能を Exchange Online のものと比較してください。',
    },
  },
};

const SAID: readonly Said[] = [
  MECHANISM,
  LIMIT,
  GOING_DOWN,
  CLIENT_NAME,
  BASIC_AUTHENTICATION,
  PROTOCOL_OFF,
  NO_MAILBOX,
  FULL,
];

/** What the words of an answer say, which are more exact than a code that many things share. */
export const saidInWords = (line: string, phase: Phase | null): LadderAnswer | null =>
  firstSaid(SAID, line, phase);
