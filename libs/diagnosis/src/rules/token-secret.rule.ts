import { application, deniedAs, refused } from '../evidence/token-refusals.ts';
import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { byRung, type Refusal, words } from '../words/told.ts';

export const tokenSecret = defineRule({
  id: 'token.secret',
  items: ['X1'],
  owner: 'entra',
  confidence: (p) => byRung(p, 'certain'),
  ofTenant: true,
  words: words<Refusal>({
    en: {
      sentence: (p) => `Entra ID does not take the credential of the application${en.said(p)}`,
      cause: (p) =>
        en.because(
          p,
          'The client secret (or certificate) is wrong or has run out. Every mailbox and every server of the site depends on it.',
        ),
      nextStep: (p) =>
        en.remedy(
          p,
          'Make a new client secret in the Entra application and enter its value (not its id) in ECE.',
        ),
    },
    ja: {
      sentence: (p) => `Entra ID がアプリケーションの資格情報を受け入れません${ja.said(p)}。`,
      cause: (p) =>
        ja.because(
          p,
          'クライアント シークレット (または証明書) が誤っているか、期限切れです。サイトのすべてのメールボックスとサーバーに影響します。',
        ),
      nextStep: (p) =>
        ja.remedy(
          p,
          'Entra アプリケーションで新しいクライアント シークレットを作成し、その値 (ID ではなく) を ECE に入力してください。',
        ),
    },
  }),
  find: refused(deniedAs('token.secret', 'invalid_client'), application),
});
