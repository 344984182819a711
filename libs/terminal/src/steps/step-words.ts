import type { Bilingual, DialAttempt, FailureCode, Outcome } from '@mailpath/protocol';

export const OUTCOMES: Readonly<Record<Outcome, Bilingual>> = {
  pass: { en: 'passed', ja: '合格' },
  warn: { en: 'passed with a warning', ja: '警告付きで合格' },
  fail: { en: 'failed', ja: '失敗' },
  throttled: { en: 'asked to slow down', ja: 'スロットリング' },
  skipped: { en: 'not tried', ja: '未実行' },
};

export const CODES: Readonly<Record<FailureCode, Bilingual>> = {
  'not-found': { en: 'no such name, or no address', ja: '名前またはアドレスなし' },
  'resolver-failed': { en: 'no usable answer from a resolver', ja: 'リゾルバーの有効な応答なし' },
  refused: { en: 'refused', ja: '拒否' },
  unreachable: { en: 'no route', ja: '経路なし' },
  reset: { en: 'cut off', ja: '切断' },
  closed: { en: 'ended by the other end', ja: '相手側が終了' },
  timeout: { en: 'no answer in time', ja: '時間内に応答なし' },
  untrusted: { en: 'certificate not accepted', ja: '証明書を受け入れない' },
  'tls-failed': { en: 'handshake failed', ja: 'ハンドシェイク失敗' },
  'unexpected-reply': { en: 'unexpected answer', ja: '想定外の応答' },
  denied: { en: 'said no', ja: '拒否の応答' },
  unavailable: { en: 'cannot now', ja: '現在は利用不可' },
  throttled: { en: 'asked to slow down', ja: 'スロットリング' },
  internal: { en: 'fault of Mailpath', ja: 'Mailpath の障害' },
};

export const REACHED: Bilingual = { en: 'reached', ja: '到達' };
export const SERVED: Bilingual = { en: 'served', ja: '応答' };

export const attemptWord = (outcome: DialAttempt['outcome'] | 'served'): Bilingual => {
  if (outcome === 'reached') return REACHED;
  return outcome === 'served' ? SERVED : CODES[outcome];
};

/** What single facts are called. */
export const FACTS = {
  resolver: { en: 'resolver', ja: 'リゾルバー' },
  hosts: { en: 'hosts file', ja: 'hosts ファイル' },
  searched: { en: 'search domain', ja: '検索ドメイン' },
  issuer: { en: 'issuer', ja: '発行者' },
  valid: { en: 'valid', ja: '有効期間' },
  roots: { en: 'root known to', ja: 'ルートを知る一覧' },
  noRoot: { en: 'no root', ja: 'ルートなし' },
  missing: { en: 'issuer not sent', ja: '送られていない発行者' },
  weak: { en: 'weak', ja: '弱い' },
  spoken: { en: 'spoken with', ja: '通信したアドレス' },
  localAddress: { en: 'from', ja: '送信元' },
  clock: { en: 'clock ahead by', ja: '時計の進み' },
  roundTrip: { en: 'round trip', ja: '往復時間' },
  messages: { en: 'messages', ja: '通' },
  octets: { en: 'bytes', ja: 'バイト' },
  sent: { en: 'sent after', ja: '送信まで' },
  found: { en: 'found after', ja: '受信まで' },
  deleted: { en: 'deleted after', ja: '削除まで' },
  leftBehind: { en: 'the message was left behind', ja: 'メッセージは残っています' },
  ids: { en: 'ids of the request', ja: '要求の ID' },
  redirect: { en: 'redirect URI', ja: 'リダイレクト URI' },
  secondLook: { en: 'second look', ja: '再確認' },
} as const satisfies Record<string, Bilingual>;
