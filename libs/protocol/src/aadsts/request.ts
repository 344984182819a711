import { clientFault, createTokenAgain } from './actions.ts';
import type { AadstsRow } from './aadsts-row.ts';

/** The request itself (X8), the network that carried it (X6), and the clock (X9). */
export const REQUEST_ROWS = [
  {
    codes: [50002],
    cause: 'token.restricted',
    items: ['X6', 'X3'],
    owner: 'proxy',
    retry: 'no',
    meaning: {
      en: 'The proxy restricts sign-in to certain tenants, and this one is not among them.',
      ja: 'プロキシがサインインを特定のテナントに制限しており、このテナントは含まれていません。',
    },
    action: {
      en: 'Let the proxy team add this tenant to its tenant restrictions.',
      ja: 'プロキシの担当者に、テナント制限の許可リストへこのテナントを追加するよう依頼してください。',
    },
  },
  {
    codes: [500021, 500022],
    cause: 'token.restricted',
    items: ['X6', 'X3'],
    owner: 'proxy',
    retry: 'no',
    meaning: {
      en: 'The tenant is missing from the header Restrict-Access-To-Tenants that the proxy adds.',
      ja: 'プロキシが追加する Restrict-Access-To-Tenants ヘッダーにこのテナントがありません。',
    },
    action: {
      en: 'Let the proxy team add this tenant to Restrict-Access-To-Tenants.',
      ja: 'プロキシの担当者に、Restrict-Access-To-Tenants へこのテナントを追加するよう依頼してください。',
    },
  },
  {
    codes: [1002016],
    cause: 'token.denied',
    items: ['X6'],
    owner: 'server-administrator',
    retry: 'no',
    meaning: {
      en: 'The connection used TLS 1.0, TLS 1.1 or 3DES, which Entra ID no longer accepts.',
      ja: '接続に TLS 1.0、TLS 1.1 または 3DES が使用されました。Entra ID はこれらを受け付けません。',
    },
    action: {
      en: 'Enable TLS 1.2 on this server and in its Java runtime.',
      ja: 'このサーバーとその Java ランタイムで TLS 1.2 を有効にしてください。',
    },
  },
  {
    codes: [50192],
    cause: 'token.denied',
    items: ['X6'],
    owner: 'proxy',
    retry: 'user',
    meaning: {
      en: 'A certificate-based sign-in came without the certificate; a proxy may take it away.',
      ja: '証明書ベースのサインインに証明書が含まれていませんでした。プロキシが取り除いている可能性があります。',
    },
    action: {
      en: 'Exempt the certauth and login hosts from TLS inspection.',
      ja: 'certauth と login のホストを TLS インスペクションの対象から除外してください。',
    },
  },
  {
    codes: [50013, 500133],
    cause: 'token.secret',
    items: ['X1', 'X9'],
    owner: 'server-administrator',
    retry: 'no',
    meaning: {
      en: 'The assertion is not valid or expired.',
      ja: 'アサーションが無効であるか、有効期限が切れています。',
    },
    action: {
      en: 'Check the clock of this server and the certificate that signs the assertion.',
      ja: 'このサーバーの時刻と、アサーションに署名する証明書を確認してください。',
    },
  },
  {
    codes: [80013],
    cause: 'token.denied',
    items: ['X9'],
    owner: 'server-administrator',
    retry: 'no',
    meaning: {
      en: 'The clocks of the authentication agent and of Active Directory differ.',
      ja: '認証エージェントと Active Directory の時刻がずれています。',
    },
    action: {
      en: 'Synchronize the clocks of the agent’s server and of the domain controllers.',
      ja: 'エージェントのサーバーとドメイン コントローラーの時刻を同期してください。',
    },
  },
  {
    codes: [50147, 501481, 501491],
    cause: 'token.denied',
    items: ['X8'],
    owner: 'mailpath',
    retry: 'no',
    meaning: {
      en: 'The PKCE challenge and verifier do not fit.',
      ja: 'PKCE のチャレンジと検証コードが一致しません。',
    },
    action: clientFault,
  },
  {
    codes: [50196],
    cause: 'throttled',
    items: ['X8'],
    owner: 'mailpath',
    retry: 'wait',
    meaning: {
      en: 'A client repeats the same request so often that Entra ID takes it for a loop.',
      ja: 'クライアントが同じ要求を繰り返しているため、Entra ID がループと判断しました。',
    },
    action: {
      en: 'Stop the program that loops, wait, and never ask faster afterwards.',
      ja: 'ループしているプログラムを停止し、しばらく待ってください。その後も要求の頻度を上げないでください。',
    },
  },
  {
    codes: [54005],
    cause: 'token.denied',
    items: ['X8'],
    owner: 'ece-administrator',
    retry: 'user',
    meaning: {
      en: 'The authorization code was redeemed already; that is normal after a reload of the page.',
      ja: '認可コードは既に引き換えられています。ページの再読み込み後には通常の動作です。',
    },
    action: createTokenAgain,
  },
  {
    codes: [70003],
    cause: 'token.denied',
    items: ['X8'],
    owner: 'mailpath',
    retry: 'no',
    meaning: {
      en: 'The grant type is not supported.',
      ja: '許可の種類 (grant type) がサポートされていません。',
    },
    action: clientFault,
  },
  {
    codes: [70007],
    cause: 'token.denied',
    items: ['X8'],
    owner: 'mailpath',
    retry: 'no',
    meaning: {
      en: 'The response mode is not supported.',
      ja: '応答モード (response mode) がサポートされていません。',
    },
    action: clientFault,
  },
  {
    codes: [7000114],
    cause: 'token.denied',
    items: ['X8'],
    owner: 'mailpath',
    retry: 'no',
    meaning: {
      en: 'The application may not ask for tokens on behalf of others.',
      ja: 'アプリケーションには、他者の代理でトークンを要求すること (on-behalf-of) が許可されていません。',
    },
    action: clientFault,
  },
  {
    codes: [90004, 90013, 90014, 90023, 90100, 90102, 9002313],
    cause: 'token.denied',
    items: ['X8', 'X6'],
    owner: 'mailpath',
    retry: 'no',
    meaning: {
      en: 'The request is malformed, or a proxy rewrote it.',
      ja: '要求の形式が正しくないか、プロキシが要求を書き換えています。',
    },
    action: clientFault,
  },
  {
    codes: [900144],
    cause: 'token.denied',
    items: ['X8', 'X6'],
    owner: 'mailpath',
    retry: 'no',
    meaning: {
      en: 'The body of the request lacks the parameter that the text names, or a proxy took it away.',
      ja: 'メッセージに示されたパラメーターが要求の本文にないか、プロキシが取り除いています。',
    },
    action: clientFault,
  },
  {
    codes: [90015],
    cause: 'token.denied',
    items: ['X8'],
    owner: 'mailpath',
    retry: 'no',
    meaning: { en: 'The query string of the request is too long.', ja: '要求のクエリ文字列が長すぎます。' },
    action: clientFault,
  },
  {
    codes: [90056, 900561],
    cause: 'token.denied',
    items: ['X8'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'The endpoint got the wrong verb, such as GET at the token endpoint or after the Back button.',
      ja: 'エンドポイントに誤ったメソッドの要求が送信されました。トークン エンドポイントへの GET や、ブラウザーの「戻る」ボタンなどによるものです。',
    },
    action: {
      en: 'Check that the authorization URL and the token URL are not swapped in ECE, and start again.',
      ja: 'ECE で認可 URL とトークン URL が入れ替わっていないことを確認し、最初からやり直してください。',
    },
  },
  {
    codes: [901002],
    cause: 'token.denied',
    items: ['X8', 'X2'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'The parameter resource was sent to an endpoint of version 2, which does not take it.',
      ja: 'バージョン 2 のエンドポイントに、サポートされていない resource パラメーターが送信されました。',
    },
    action: {
      en: 'Use scope in place of resource, or the endpoints of version 1.',
      ja: 'resource の代わりに scope を使用するか、バージョン 1 のエンドポイントを使用してください。',
    },
  },
] as const satisfies readonly AadstsRow[];
