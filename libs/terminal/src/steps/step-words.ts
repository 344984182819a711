import type { Bilingual, DialAttempt, FailureCode, KnownCheck, Outcome } from '@mailpath/protocol';

/** What each check proves; English as in the catalogue of checks. */
export const CHECK_TITLES: Readonly<Record<KnownCheck, Bilingual>> = {
  'https.sign-in': {
    en: 'Microsoft sign-in answers over HTTPS',
    ja: 'Microsoft のサインインが HTTPS で応答する',
  },
  'https.sign-in-alias': {
    en: 'Microsoft sign-in answers under its second name',
    ja: 'Microsoft のサインインが第 2 の名前で応答する',
  },
  'https.exchange': {
    en: 'Exchange Online answers over HTTPS',
    ja: 'Exchange Online が HTTPS で応答する',
  },
  'smtp.submission': {
    en: 'Exchange Online takes mail by SMTP with STARTTLS',
    ja: 'Exchange Online が STARTTLS による SMTP でメールを受け付ける',
  },
  'imap.tls': {
    en: 'Exchange Online answers IMAP over TLS',
    ja: 'Exchange Online が TLS 上の IMAP で応答する',
  },
  'pop3.tls': {
    en: 'Exchange Online answers POP3 over TLS',
    ja: 'Exchange Online が TLS 上の POP3 で応答する',
  },
  'tcp.connect': { en: 'A port is open', ja: 'ポートが開いている' },
  'tls.handshake': { en: 'A port answers TLS', ja: 'ポートが TLS で応答する' },
  'https.reach': { en: 'A web host answers over HTTPS', ja: 'Web ホストが HTTPS で応答する' },
  'https.external-url': {
    en: 'The site’s external URL answers over HTTPS',
    ja: 'サイトの外部 URL が HTTPS で応答する',
  },
  'https.redirect-uri': {
    en: 'Microsoft sign-in knows the redirect URI',
    ja: 'Microsoft のサインインにリダイレクト URI が登録されている',
  },
  'token.redeem': {
    en: 'A sign-in is turned into the first token',
    ja: 'サインインから最初のトークンを取得する',
  },
  'token.device-code': {
    en: 'A sign-in elsewhere gives the first token',
    ja: '別の端末でのサインインから最初のトークンを取得する',
  },
  'token.refresh': { en: 'The token is refreshed', ja: 'トークンを更新する' },
  'token.app-only': {
    en: 'The application gets a token of its own',
    ja: 'アプリケーション自身のトークンを取得する',
  },
  'imap.mailbox': { en: 'The mailbox opens by IMAP', ja: 'IMAP でメールボックスを開く' },
  'pop3.mailbox': { en: 'The mailbox opens by POP3', ja: 'POP3 でメールボックスを開く' },
  'smtp.login': { en: 'The mailbox may send by SMTP', ja: 'SMTP でメールボックスから送信できる' },
  'mail.round-trip': {
    en: 'A message comes back to the mailbox',
    ja: 'メッセージがメールボックスに戻る',
  },
};

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
