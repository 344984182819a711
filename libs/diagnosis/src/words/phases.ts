import type { Bilingual, Phase } from '@mailpath/protocol';

/** What each phase of a check is called where a person reads it. */
export const PHASES: Readonly<Record<Phase, Bilingual>> = {
  resolve: { en: 'name resolution', ja: '名前解決' },
  connect: { en: 'TCP connection', ja: 'TCP 接続' },
  proxy: { en: 'proxy', ja: 'プロキシ' },
  tls: { en: 'TLS handshake', ja: 'TLS ハンドシェイク' },
  greet: { en: 'greeting', ja: 'グリーティング' },
  starttls: { en: 'STARTTLS', ja: 'STARTTLS' },
  authenticate: { en: 'sign-in', ja: 'サインイン' },
  'open-mailbox': { en: 'opening the mailbox', ja: 'メールボックスを開く処理' },
  http: { en: 'HTTP', ja: 'HTTP' },
  token: { en: 'token', ja: 'トークン' },
  send: { en: 'sending', ja: '送信' },
  receive: { en: 'receiving', ja: '受信' },
};
