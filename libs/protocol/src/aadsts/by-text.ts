import { adminConsent, createTokenAgain, registerRedirectUri } from './actions.ts';
import type { AadstsRow } from './aadsts-row.ts';
import { moveToWeb } from './redirect-platform.ts';

/** A number that has several texts, told by one of them. */
export interface AadstsTextRow extends AadstsRow {
  /** Words of Entra ID's description that only this text has, in lower case; one of them is enough. */
  readonly says: readonly string[];
}

/** Numbers that stand for several faults: the text says which one it is, and so comes before the number. */
export const AADSTS_TEXT_ROWS: readonly AadstsTextRow[] = [
  {
    codes: [90023],
    says: ['cross-origin', 'single-page', 'single page'],
    cause: 'token.redirect-platform',
    items: ['C3'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'The redirect URI is registered under platform Single-page application, whose codes only a browser may redeem, by a cross-origin request.',
      ja: 'リダイレクト URI がプラットフォーム「シングルページ アプリケーション」に登録されています。そのコードを引き換えられるのは、クロスオリジン要求を送信するブラウザーだけです。',
    },
    action: moveToWeb,
  },
  {
    codes: [50053],
    says: ['malicious', 'ip address'],
    cause: 'token.account',
    items: ['X5', 'X4'],
    owner: 'entra',
    retry: 'wait',
    meaning: {
      en: 'Entra ID blocks the sign-in because it comes from an address that it holds for malicious.',
      ja: '悪意のあるアドレスと見なされた IP アドレスからのサインインのため、Entra ID がブロックしました。',
    },
    action: {
      en: 'See what else uses the public address of this server, and look at the sign-in in the Entra sign-in log; do not repeat it meanwhile.',
      ja: 'このサーバーのパブリック アドレスを他に何が使用しているか調べ、Entra のサインイン ログでこのサインインを確認してください。その間はサインインを繰り返さないでください。',
    },
  },
  {
    codes: [70000],
    says: ['redirect_uri', 'redirect uri', 'reply url'],
    cause: 'token.redirect',
    items: ['C3'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'The redirect URI of the token request is not the one that the code was asked for with.',
      ja: 'トークン要求のリダイレクト URI が、認可コードを要求したときのものと異なります。',
    },
    action: registerRedirectUri,
  },
  {
    codes: [70000],
    says: ['scope'],
    cause: 'token.consent',
    items: ['X2'],
    owner: 'entra',
    retry: 'user',
    meaning: {
      en: 'The scopes of the request are not, or no longer, granted to the application.',
      ja: '要求のスコープが、アプリケーションに許可されていないか、許可されなくなりました。',
    },
    action: adminConsent,
  },
  {
    codes: [70008],
    says: ['authorization code', 'auth code', 'code has expired'],
    cause: 'token.revoked',
    items: ['C4'],
    owner: 'ece-administrator',
    retry: 'user',
    meaning: {
      en: 'The code of the sign-in expired before it was redeemed; it lives for some ten minutes.',
      ja: 'サインインの認可コードが、引き換える前に期限切れになりました。有効期間は約 10 分です。',
    },
    action: createTokenAgain,
  },
];
