import type { AadstsRow } from './aadsts-row.ts';
import type { Bilingual } from '../bilingual.ts';

/** What to do about a redirect URI that stands under the wrong platform. */
export const moveToWeb: Bilingual = {
  en: 'In the app registration, page Authentication, remove the redirect URI from Single-page application and register it under platform Web; then create the token again in ECE.',
  ja: 'アプリの登録の「認証」ページで、リダイレクト URI を「シングルページ アプリケーション」から削除してプラットフォーム Web に登録し、ECE でトークンを作成し直してください。',
};

/**
 * A redirect URI under platform Single-page application: Entra ID then wants a browser's cross-origin call, with PKCE
 * (Microsoft: redirect URI restrictions; the texts are quoted in public issues of MSAL's users).
 */
export const REDIRECT_PLATFORM_ROWS = [
  {
    codes: [9002325],
    cause: 'token.redirect-platform',
    items: ['C3'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'The redirect URI is registered under platform Single-page application, for which Entra ID wants proof of a code challenge (PKCE), as a browser sends it.',
      ja: 'リダイレクト URI がプラットフォーム「シングルページ アプリケーション」に登録されています。その場合 Entra ID は、ブラウザーが送信するコード チャレンジ (PKCE) の証明を要求します。',
    },
    action: moveToWeb,
  },
  {
    codes: [9002327],
    cause: 'token.redirect-platform',
    items: ['C3'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'The redirect URI is registered under platform Single-page application, whose codes and tokens only a browser may redeem, by a cross-origin request.',
      ja: 'リダイレクト URI がプラットフォーム「シングルページ アプリケーション」に登録されています。そのコードとトークンを引き換えられるのは、クロスオリジン要求を送信するブラウザーだけです。',
    },
    action: moveToWeb,
  },
  {
    codes: [700084],
    cause: 'token.redirect-platform',
    items: ['C3', 'C4'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'The redirect URI is registered under platform Single-page application: a refresh token of that platform ends after 24 hours, whatever is done, and a new one would end so too.',
      ja: 'リダイレクト URI がプラットフォーム「シングルページ アプリケーション」に登録されています。このプラットフォームの更新トークンは 24 時間で必ず失効し、作成し直しても同じです。',
    },
    action: moveToWeb,
  },
] as const satisfies readonly AadstsRow[];
