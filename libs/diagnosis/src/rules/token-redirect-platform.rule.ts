import { application, deniedAs, refused } from '../evidence/token-refusals.ts';
import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { byRung, type Refusal, words } from '../words/told.ts';

/** Right URI, wrong platform: what Entra ID issues for a browser's page cannot be redeemed by a server. */
export const tokenRedirectPlatform = defineRule({
  id: 'token.redirect-platform',
  items: ['C3'],
  owner: 'entra',
  confidence: (p) => byRung(p, 'certain'),
  ofTenant: true,
  after: ['token.consent'],
  words: words<Refusal>({
    en: {
      sentence: (p) => `The redirect URI is registered under the wrong platform${en.said(p)}`,
      cause: (p) =>
        en.meaning(p, 'Under platform Single-page application a server cannot redeem what it is sent.'),
      nextStep: (p) =>
        en.remedy(p, 'Register the redirect URI under platform Web, and remove it from the other platform.'),
    },
    ja: {
      sentence: (p) => `リダイレクト URI が誤ったプラットフォームに登録されています${ja.said(p)}。`,
      cause: (p) =>
        ja.meaning(
          p,
          'プラットフォーム「シングルページ アプリケーション」では、サーバーはコードを引き換えられません。',
        ),
      nextStep: (p) =>
        ja.remedy(p, 'リダイレクト URI を Web に登録し、もう一方のプラットフォームから削除してください。'),
    },
  }),
  find: refused(deniedAs('token.redirect-platform'), application),
});
