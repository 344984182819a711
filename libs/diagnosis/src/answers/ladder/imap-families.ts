import type { Phase } from '@mailpath/protocol';
import { backOff } from '../exchange/remedies.ts';
import { compareServers, endOtherSessions, readMailbox, readSignIns } from './remedies.ts';
import type { LadderAnswer } from './rung.ts';
import { stepOf } from './smtp-families.ts';
import { responseCodeOf } from './status-code.ts';

type Family = Omit<LadderAnswer, 'rung'>;

const client: Pick<Family, 'items' | 'owner' | 'retry' | 'action'> = {
  items: ['X8'],
  owner: 'mailpath',
  retry: 'no',
  action: {
    en: 'Compare the lines of the dialogue with a server that works, and report them with the version of the client program.',
    ja: '通信の記録を正常なサーバーのものと比較し、クライアント プログラムのバージョンとともに報告してください。',
  },
};
const service: Pick<Family, 'items' | 'owner' | 'retry' | 'action'> = {
  items: ['X7'],
  owner: 'microsoft',
  retry: 'back-off',
  action: backOff,
};

/** By response code (RFC 5530, all that a refusal may carry; RFC 9051, section 7.1). */
export const IMAP_CODES: Readonly<Record<string, Family>> = {
  UNAVAILABLE: {
    ...service,
    meaning: {
      en: 'A part of the service that is needed cannot be used at present.',
      ja: '必要なサービスの一部を現在利用できません。',
    },
  },
  AUTHENTICATIONFAILED: {
    items: ['C5', 'X2'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'The server does not accept who signs in, or what it shows for it.',
      ja: 'サーバーが、サインインするアカウントまたはその資格情報を受け付けません。',
    },
    action: readSignIns,
  },
  AUTHORIZATIONFAILED: {
    items: ['C8', 'C5'],
    owner: 'exchange',
    retry: 'no',
    meaning: {
      en: 'Who signs in is known, and may not act for the mailbox that was named.',
      ja: 'サインインするアカウントは認識されましたが、指定されたメールボックスとして操作する権限がありません。',
    },
    action: {
      en: 'Compare who the token is of with the name that is signed in to, and look at the rights with Get-MailboxPermission.',
      ja: 'トークンの持ち主とサインイン先の名前を比較し、Get-MailboxPermission で権限を確認してください。',
    },
  },
  EXPIRED: {
    items: ['C4', 'X5'],
    owner: 'ece-administrator',
    retry: 'user',
    meaning: {
      en: 'The credential of the sign-in is no longer valid.',
      ja: 'サインインの資格情報の有効期限が切れています。',
    },
    action: readSignIns,
  },
  PRIVACYREQUIRED: {
    ...client,
    meaning: {
      en: 'The server wants TLS before this command.',
      ja: 'このコマンドの前に TLS が必要です。',
    },
  },
  CONTACTADMIN: {
    items: ['C7', 'X5'],
    owner: 'exchange',
    retry: 'no',
    meaning: {
      en: 'The server asks that an administrator look at the mailbox or the account.',
      ja: 'サーバーが、管理者によるメールボックスまたはアカウントの確認を求めています。',
    },
    action: readMailbox,
  },
  NOPERM: {
    items: ['C8'],
    owner: 'exchange',
    retry: 'no',
    meaning: {
      en: 'Who signs in has no right to this on the mailbox.',
      ja: 'サインインするアカウントに、このメールボックスでの権限がありません。',
    },
    action: {
      en: 'Look at the rights on the mailbox with Get-MailboxPermission and Get-MailboxFolderPermission.',
      ja: 'Get-MailboxPermission と Get-MailboxFolderPermission でメールボックスの権限を確認してください。',
    },
  },
  INUSE: {
    items: ['X7'],
    owner: 'exchange',
    retry: 'back-off',
    meaning: {
      en: 'Another session holds the mailbox.',
      ja: '別のセッションがメールボックスを使用しています。',
    },
    action: endOtherSessions,
  },
  EXPUNGEISSUED: {
    ...client,
    retry: 'back-off',
    meaning: {
      en: 'Another session removed messages meanwhile.',
      ja: '別のセッションがその間にメッセージを削除しました。',
    },
  },
  CORRUPTION: {
    items: ['X7', 'C7'],
    owner: 'exchange',
    retry: 'no',
    meaning: {
      en: 'The server says that the data of the mailbox is damaged.',
      ja: 'メールボックスのデータが破損しているとサーバーが応答しています。',
    },
    action: readMailbox,
  },
  SERVERBUG: {
    ...service,
    meaning: {
      en: 'The server says that it met a fault of its own.',
      ja: 'サーバー自身の障害であると応答しています。',
    },
    action: compareServers,
  },
  CLIENTBUG: {
    ...client,
    meaning: {
      en: 'The server says that the client asked wrongly.',
      ja: 'クライアントの要求に誤りがあるとサーバーが応答しています。',
    },
  },
  CANNOT: {
    ...client,
    meaning: {
      en: 'The server can never do what was asked.',
      ja: '要求された操作はサーバーでは実行できません。',
    },
  },
  LIMIT: {
    items: ['X7'],
    owner: 'exchange',
    retry: 'wait',
    meaning: {
      en: 'A limit of the server is reached: at a login that is most often its limit of connections for one account.',
      ja: 'サーバーの上限に達しました。ログイン時は、1 つのアカウントの接続数の上限であることがほとんどです。',
    },
    action: endOtherSessions,
  },
  OVERQUOTA: {
    items: ['C7'],
    owner: 'exchange',
    retry: 'no',
    meaning: { en: 'The mailbox is over its quota.', ja: 'メールボックスが容量の上限を超えています。' },
    action: readMailbox,
  },
  ALREADYEXISTS: {
    ...client,
    meaning: {
      en: 'What was to be made is there already.',
      ja: '作成しようとしたものは既に存在します。',
    },
  },
  NONEXISTENT: {
    items: ['C7', 'C8'],
    owner: 'exchange',
    retry: 'no',
    meaning: {
      en: 'What was to be opened does not exist.',
      ja: '開こうとした対象が存在しません。',
    },
    action: readMailbox,
  },
  TRYCREATE: {
    items: ['C7', 'C8'],
    owner: 'exchange',
    retry: 'no',
    meaning: { en: 'The folder does not exist.', ja: 'フォルダーが存在しません。' },
    action: readMailbox,
  },
  BADCHARSET: {
    ...client,
    meaning: {
      en: 'The server does not know the character set of the command.',
      ja: 'コマンドの文字セットがサーバーで認識されません。',
    },
  },
  PARSE: {
    items: ['X8', 'C7'],
    owner: 'exchange',
    retry: 'no',
    meaning: {
      en: 'The server cannot read a message of the mailbox.',
      ja: 'サーバーがメールボックス内のメッセージを読み取れません。',
    },
    action: readMailbox,
  },
};

/** What the response code of an IMAP refusal says; null where it has none, or one that no RFC names. */
export function imapFamily(line: string, phase: Phase | null): LadderAnswer | null {
  const code = responseCodeOf(line);
  const family = code !== null && Object.hasOwn(IMAP_CODES, code) ? IMAP_CODES[code] : undefined;
  if (family) return { rung: 'family', ...clearedBy(family, phase) };
  return /^\* BYE\b/i.test(line) ? { rung: 'family', ...ENDED } : null;
}

/** Whoever signed in has shown a credential that is good: past that, the credential is nobody's fault. */
export function clearedBy<F extends Pick<LadderAnswer, 'owner'>>(family: F, phase: Phase | null): F {
  const signedIn = stepOf(phase) === 'mailbox';
  return signedIn && (family.owner === 'ece-administrator' || family.owner === 'entra')
    ? { ...family, owner: 'exchange' }
    : family;
}

const ENDED: Family = {
  ...service,
  items: ['X7', 'C10'],
  meaning: {
    en: 'The server ends the session. Why, Mailpath does not know: no more is said than stands in the line.',
    ja: 'サーバーがセッションを終了しました。理由は行に示されている以上にはわかりません。',
  },
  action: compareServers,
};
