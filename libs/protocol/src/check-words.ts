import type { Bilingual } from './bilingual.ts';
import { isKnownCheck, type KnownCheck } from './check-facts.ts';
import type { Language } from './language.ts';

/** What each check is called; English as in the catalogue of checks. */
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
    en: 'Exchange Online accepts mail by SMTP with STARTTLS',
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

/** What is known when each check passes; English as in the catalogue of checks. */
export const CHECK_PROOFS: Readonly<Record<KnownCheck, Bilingual>> = {
  'https.sign-in': {
    en: 'The sign-in host, where tokens are made and refreshed, is reached and is Microsoft’s.',
    ja: 'トークンの発行と更新を行うサインイン ホストに到達し、それが Microsoft のものであること。',
  },
  'https.sign-in-alias': {
    en: 'The other name of the sign-in host, which browsers and the checklist use, is reached too.',
    ja: 'ブラウザーとチェックリストが使う、サインイン ホストのもう 1 つの名前にも到達すること。',
  },
  'https.exchange': {
    en: 'The Office 365 domain is reached on 443 with a certificate that is valid here.',
    ja: 'Office 365 のドメインに 443 番ポートで到達し、証明書がここで有効であること。',
  },
  'smtp.submission': {
    en: 'Port 587 is open from here, the far end is a mail server that secures itself by STARTTLS and accepts XOAUTH2.',
    ja: 'ここから 587 番ポートが開いており、相手が STARTTLS で保護され XOAUTH2 を受け付けるメール サーバーであること。',
  },
  'imap.tls': {
    en: 'Port 993 is open from here, the far end is an IMAP server with a valid certificate, and it accepts XOAUTH2.',
    ja: 'ここから 993 番ポートが開いており、相手が有効な証明書を持ち XOAUTH2 を受け付ける IMAP サーバーであること。',
  },
  'pop3.tls': {
    en: 'Port 995 is open from here, the far end is a POP3 server with a valid certificate, and it accepts XOAUTH2.',
    ja: 'ここから 995 番ポートが開いており、相手が有効な証明書を持ち XOAUTH2 を受け付ける POP3 サーバーであること。',
  },
  'tcp.connect': {
    en: 'An additional port that this site needs is open from here; not who answers on it.',
    ja: 'このサイトが必要とする追加のポートがここから開いていること。応答する相手が誰かは確かめません。',
  },
  'tls.handshake': {
    en: 'An additional TLS port that this site needs answers with a certificate that is valid here.',
    ja: 'このサイトが必要とする追加の TLS ポートが、ここで有効な証明書を提示して応答すること。',
  },
  'https.reach': {
    en: 'An additional URL that this site needs is reached with a certificate that is valid here.',
    ja: 'このサイトが必要とする追加の URL に到達し、証明書がここで有効であること。',
  },
  'https.external-url': {
    en: 'The URL to which a sign-in comes back is reached from here with a certificate that is valid here.',
    ja: 'サインインの戻り先の URL にここから到達し、証明書がここで有効であること。',
  },
  'https.redirect-uri': {
    en: 'Client id and tenant go together, and the redirect URI that ECE sends is registered for them.',
    ja: 'クライアント ID とテナントが対応し、ECE が送るリダイレクト URI がそれらに登録されていること。',
  },
  'token.redeem': {
    en: 'The application’s registration, its secret and its permissions are good, and the first token is made from here.',
    ja: 'アプリケーションの登録、シークレット、アクセス許可が正しく、最初のトークンをここから取得できること。',
  },
  'token.device-code': {
    en: 'A person signed in with a code, and the first token is made from here without a browser on this server.',
    ja: '利用者がコードでサインインし、このサーバーのブラウザーなしで最初のトークンをここから取得できること。',
  },
  'token.refresh': {
    en: 'The refresh token is good, and a new access token is made from here as ECE’s mail processes make theirs.',
    ja: '更新トークンが有効で、ECE のメール プロセスと同じ方法で新しいアクセス トークンをここから取得できること。',
  },
  'token.app-only': {
    en: 'The application’s registration and its secret are good, and it gets a token from here without a user.',
    ja: 'アプリケーションの登録とシークレットが正しく、ユーザーなしでトークンをここから取得できること。',
  },
  'imap.mailbox': {
    en: 'Exchange Online accepts the access token for IMAP, and opens the mailbox’s INBOX for its user; nothing in it is changed.',
    ja: 'Exchange Online が IMAP 用のアクセス トークンを受け付け、そのユーザーにメールボックスの INBOX を開くこと。中身は変更しません。',
  },
  'pop3.mailbox': {
    en: 'Exchange Online accepts the access token for POP3, and opens the mailbox; nothing in it is changed.',
    ja: 'Exchange Online が POP3 用のアクセス トークンを受け付け、メールボックスを開くこと。中身は変更しません。',
  },
  'smtp.login': {
    en: 'Exchange Online accepts the access token for SMTP, and the mailbox as the sender; no mail is sent.',
    ja: 'Exchange Online が SMTP 用のアクセス トークンを受け付け、メールボックスを送信者として認めること。メールは送信しません。',
  },
  'mail.round-trip': {
    en: 'A message that the mailbox sends to itself is accepted, delivered, found by the protocol in use, and deleted again.',
    ja: 'メールボックスが自分宛てに送るメッセージが受け付けられ、配信され、使用中のプロトコルで見つかり、削除されること。',
  },
};

/** The words of a check in a language; of a check without a row here, what it says of itself. */
export function checkWords(
  { id, title, proves }: { id: string; title: string; proves: string },
  language: Language,
): { title: string; proves: string } {
  if (!isKnownCheck(id)) return { title, proves };
  return { title: CHECK_TITLES[id][language], proves: CHECK_PROOFS[id][language] };
}
