import { application, deniedAs, refused } from '../evidence/token-refusals.ts';
import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { byRung, type Refusal, words } from '../words/told.ts';

export const tokenRegistration = defineRule({
  id: 'token.registration',
  items: ['X3', 'C3'],
  owner: 'entra',
  confidence: (p) => byRung(p, 'likely'),
  ofTenant: true,
  after: ['token.redirect'],
  words: words<Refusal>({
    en: {
      sentence: (p) => `Entra ID does not find the application or the tenant${en.said(p)}`,
      cause: (p) => en.because(p, 'Client id, tenant id and sign-in host do not belong together.'),
      nextStep: (p) =>
        en.remedy(
          p,
          'Take client id and tenant id from the same registration, and the sign-in host of its cloud.',
        ),
    },
    ja: {
      sentence: (p) => `Entra ID でアプリケーションまたはテナントが見つかりません${ja.said(p)}。`,
      cause: (p) =>
        ja.because(p, 'クライアント ID、テナント ID、サインイン ホストの組み合わせが一致していません。'),
      nextStep: (p) =>
        ja.remedy(
          p,
          'クライアント ID とテナント ID を同じ登録から取得し、そのクラウドのサインイン ホストを使用してください。',
        ),
    },
  }),
  find: refused(deniedAs('token.registration', 'unauthorized_client'), application),
});
