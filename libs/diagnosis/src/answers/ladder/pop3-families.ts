import type { Phase } from '@mailpath/protocol';
import { backOff } from '../exchange/remedies.ts';
import { clearedBy } from './imap-families.ts';
import { endOtherSessions, readMailbox, readSignIns } from './remedies.ts';
import type { LadderAnswer } from './rung.ts';
import { responseCodeOf } from './status-code.ts';

/**
 * By extended response code (RFC 2449, section 8; RFC 3206; RFC 6856); a code's first part stands for what no RFC has
 * listed.
 */
export const POP3_CODES: Readonly<Record<string, Omit<LadderAnswer, 'rung'>>> = {
  'SYS/TEMP': {
    items: ['X7'],
    owner: 'microsoft',
    retry: 'back-off',
    meaning: {
      en: 'The server says that a fault of the system, which may pass, stands behind it.',
      ja: 'サーバーが、一時的な可能性のあるシステムの障害であると応答しています。',
    },
    action: backOff,
  },
  'SYS/PERM': {
    items: ['C7', 'X7'],
    owner: 'exchange',
    retry: 'no',
    meaning: {
      en: 'The server says that a fault of the system, which does not pass by itself, stands behind it.',
      ja: 'サーバーが、自然には解消しないシステムの障害であると応答しています。',
    },
    action: readMailbox,
  },
  SYS: {
    items: ['X7'],
    owner: 'microsoft',
    retry: 'back-off',
    meaning: {
      en: 'The server says that a fault of the system stands behind it.',
      ja: 'サーバーが、システムの障害であると応答しています。',
    },
    action: backOff,
  },
  AUTH: {
    items: ['C5', 'X2'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'The server says that the credential is the fault, and nothing of the system.',
      ja: 'サーバーが、システムではなく資格情報の問題であると応答しています。',
    },
    action: readSignIns,
  },
  'IN-USE': {
    items: ['X7'],
    owner: 'exchange',
    retry: 'back-off',
    meaning: {
      en: 'Another session holds the mailbox.',
      ja: '別のセッションがメールボックスを使用しています。',
    },
    action: endOtherSessions,
  },
  'LOGIN-DELAY': {
    items: ['X7'],
    owner: 'exchange',
    retry: 'wait',
    meaning: {
      en: 'The server asks for more time between two logins to this mailbox.',
      ja: 'サーバーが、このメールボックスへのログインの間隔を空けるよう求めています。',
    },
    action: backOff,
  },
  EXPIRE: {
    items: ['C7'],
    owner: 'exchange',
    retry: 'no',
    meaning: {
      en: 'The answer is about how long the server keeps messages.',
      ja: 'サーバーのメッセージ保持期間に関する応答です。',
    },
    action: readMailbox,
  },
  UTF8: {
    items: ['X8'],
    owner: 'mailpath',
    retry: 'no',
    meaning: {
      en: 'The mailbox holds something that only a client with UTF8 may read.',
      ja: 'UTF8 に対応したクライアントだけが読み取れる内容がメールボックスにあります。',
    },
    action: {
      en: 'Read the mailbox by IMAP, or with a client that speaks UTF8.',
      ja: 'IMAP、または UTF8 に対応したクライアントでメールボックスを読み取ってください。',
    },
  },
};

/** What the response code of a POP3 refusal says; null where it has none, or one of no known kind. */
export function pop3Family(line: string, phase: Phase | null): LadderAnswer | null {
  const code = responseCodeOf(line);
  if (code === null) return null;
  const named = [code, code.split('/', 1)[0] ?? ''].find((each) => Object.hasOwn(POP3_CODES, each));
  const family = named === undefined ? undefined : POP3_CODES[named];
  return family ? { rung: 'family', ...clearedBy(family, phase) } : null;
}
