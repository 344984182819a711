import type { Bilingual, Owner, Phase } from '@mailpath/protocol';
import { backOff, startTlsFirst } from '../exchange/remedies.ts';
import { comparePublicAddress, compareServers, readMailbox, readSignIns, traceMessage } from './remedies.ts';
import type { LadderAnswer } from './rung.ts';
import { SMTP_DETAILS } from './smtp-details.ts';
import { refusedAtDoor } from './smtp-greeting.ts';
import { readSmtpReply } from './status-code.ts';

/** Where a refusal comes: by that it is known what has succeeded before it. */
export type Step = 'greeting' | 'login' | 'mailbox';

/** Before anybody signs in; while somebody does; afterwards, when the mailbox or the message is at stake. */
export function stepOf(phase: Phase | null): Step {
  if (phase === 'open-mailbox' || phase === 'send' || phase === 'receive') return 'mailbox';
  return phase === 'authenticate' ? 'login' : 'greeting';
}

interface Subject {
  readonly meaning: Bilingual;
  /** By step; what the step before has cleared is no owner here. */
  readonly owner: Readonly<Record<Step, Owner>>;
  readonly items: Readonly<Record<Step, readonly [string, ...string[]]>>;
  readonly action: Readonly<Record<Step, Bilingual>>;
}

const everywhere = <T>(value: T): Record<Step, T> => ({ greeting: value, login: value, mailbox: value });

/** By subject (RFC 3463, section 3; IANA: SMTP enhanced status codes). Subject 0 says nothing. */
export const SMTP_SUBJECTS: Readonly<Record<number, Subject>> = {
  1: {
    meaning: {
      en: 'The status code is about an address: the sender’s or the recipient’s.',
      ja: '送信者または受信者のアドレスに関する状態コードです。',
    },
    owner: { greeting: 'unknown', login: 'exchange', mailbox: 'exchange' },
    items: everywhere(['C7']),
    action: everywhere(traceMessage),
  },
  2: {
    meaning: {
      en: 'The status code is about a mailbox: it is disabled, full, moved, or otherwise not able to take part.',
      ja: 'メールボックスに関する状態コードです。無効、容量超過、移動中などで利用できない状態を示します。',
    },
    owner: { greeting: 'unknown', login: 'exchange', mailbox: 'exchange' },
    items: everywhere(['C7', 'X5']),
    action: everywhere(readMailbox),
  },
  3: {
    meaning: {
      en: 'The status code is about the mail system itself: its state, or what it is able to do.',
      ja: 'メール システム自体の状態または機能に関する状態コードです。',
    },
    owner: everywhere('microsoft'),
    // A greeting in the open may be that of a device on the path.
    items: { ...everywhere(['X7'] as const), greeting: ['X7', 'C10'] },
    action: everywhere(compareServers),
  },
  4: {
    meaning: {
      en: 'The status code is about the network or the routing behind the server that answered.',
      ja: '応答したサーバーより先のネットワークまたはルーティングに関する状態コードです。',
    },
    owner: everywhere('microsoft'),
    items: everywhere(['X7', 'C10']),
    action: everywhere(compareServers),
  },
  5: {
    meaning: {
      en: 'The status code is about the protocol: a command, its order, or its arguments.',
      ja: 'コマンド、その順序、引数など、プロトコルに関する状態コードです。',
    },
    owner: everywhere('mailpath'),
    items: everywhere(['X8', 'X6']),
    action: everywhere({
      en: 'Compare the lines of the dialogue with a server that works: the client sends them wrongly, or a device on the path changes them.',
      ja: '通信の記録を正常なサーバーのものと比較してください。クライアントの送信内容に誤りがあるか、経路上の機器が書き換えています。',
    }),
  },
  6: {
    meaning: {
      en: 'The status code is about the content of the message, or its conversion.',
      ja: 'メッセージの内容またはその変換に関する状態コードです。',
    },
    owner: everywhere('mailpath'),
    items: everywhere(['X8']),
    action: everywhere(traceMessage),
  },
  7: {
    meaning: {
      en: 'The status code is about security or policy: what was asked for is not permitted.',
      ja: 'セキュリティまたはポリシーに関する状態コードです。要求された操作が許可されていません。',
    },
    owner: { greeting: 'network', login: 'exchange', mailbox: 'exchange' },
    items: { greeting: ['X7', 'C10'], login: ['C6', 'X4'], mailbox: ['X5', 'C8'] },
    action: { greeting: comparePublicAddress, login: readSignIns, mailbox: traceMessage },
  },
};

/** Replies without an enhanced status, by the subject that RFC 5321 (4.2.2), RFC 4954 (6) and RFC 7504 give them. */
export const SMTP_REPLIES: Readonly<Record<number, number>> = {
  421: 3,
  432: 7,
  450: 2,
  451: 3,
  452: 3,
  454: 7,
  455: 5,
  500: 5,
  501: 5,
  502: 5,
  503: 5,
  504: 5,
  521: 3,
  530: 7,
  534: 7,
  535: 7,
  538: 7,
  550: 2,
  551: 1,
  552: 2,
  553: 1,
  555: 5,
  556: 1,
};

/** Of a class that may pass by itself: the words for it, in place of the remedy. */
const TRANSIENT: Bilingual = {
  en: 'The class of the code says that it may pass by itself.',
  ja: 'コードのクラスは、自然に解消する可能性があることを示しています。',
};

const BEFORE_SIGN_IN: ReadonlySet<Phase | null> = new Set<Phase>(['greet', 'starttls', 'authenticate']);
/** RFC 3207, section 4: what a server answers to all but STARTTLS, where it asks for TLS first. */
const TLS_FIRST: LadderAnswer = {
  rung: 'family',
  items: ['X8', 'X6'],
  owner: 'mailpath',
  retry: 'no',
  meaning: {
    en: 'The server wants TLS before anything else (RFC 3207), and the login came without it.',
    ja: 'サーバーは最初に TLS を要求しますが (RFC 3207)、TLS なしでログインが試行されました。',
  },
  action: startTlsFirst,
};

/** What the class and the subject of a refusal say; null for a line that is no refusal, or whose code says nothing. */
export function smtpFamily(line: string, phase: Phase | null): LadderAnswer | null {
  const { code, status } = readSmtpReply(line);
  // Subject 0 leaves it to the reply code; 554 (and 451 with 4.0.0) says no more than that it failed.
  const named = status !== null && status.subject !== 0 ? status.subject : null;
  const about = named ?? (code === null ? 0 : (SMTP_REPLIES[code] ?? 0));
  const atDoor = refusedAtDoor({ code, status }, about, phase);
  if (typeof atDoor === 'object' && atDoor) return atDoor;
  const subject = SMTP_SUBJECTS[atDoor ?? about];
  if (!subject) return null;
  const step = stepOf(phase);
  if (code === 530 && BEFORE_SIGN_IN.has(phase)) return TLS_FIRST;
  const detail = status && SMTP_DETAILS[`${status.subject}.${status.detail}`];
  if (detail) return { rung: 'family', retry: 'no', ...detail };
  const passes = (status?.class ?? (code !== null && code < 500 ? 4 : 5)) === 4;
  const { meaning } = subject;
  return {
    rung: 'family',
    items: passes ? [...new Set(['X7', ...subject.items[step]])] : subject.items[step],
    owner: passes ? 'microsoft' : subject.owner[step],
    retry: passes ? 'back-off' : 'no',
    meaning: passes ? { en: `${meaning.en} ${TRANSIENT.en}`, ja: `${meaning.ja}${TRANSIENT.ja}` } : meaning,
    action: passes ? backOff : subject.action[step],
  };
}
