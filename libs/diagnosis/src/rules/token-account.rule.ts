import { deniedAs, refused } from '../evidence/token-refusals.ts';
import { defineRule } from '../rule.ts';
import { userFor } from '../sign-in/sign-in.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { byRung, type Refusal, words } from '../words/told.ts';

export const tokenAccount = defineRule({
  id: 'token.account',
  items: ['C5', 'X5'],
  owner: 'entra',
  confidence: (p) => byRung(p, 'likely'),
  ofTenant: true,
  after: ['token.registration'],
  words: words<Refusal>({
    en: {
      sentence: (p) => `Entra ID does not take the account ${en.list(p.mailboxes)}${en.said(p)}`,
      cause: (p) =>
        en.because(
          p,
          'The account is unknown, locked or disabled, has another password, or is not assigned to the application.',
        ),
      nextStep: (p) =>
        en.remedy(
          p,
          'Fix the account in Entra ID, then make the token again. Do not repeat it before: that locks the account.',
        ),
    },
    ja: {
      sentence: (p) => `Entra ID がアカウント ${ja.list(p.mailboxes)} を受け入れません${ja.said(p)}。`,
      cause: (p) =>
        ja.because(
          p,
          'アカウントが存在しない、ロックまたは無効化されている、パスワードが異なる、またはアプリケーションに割り当てられていません。',
        ),
      nextStep: (p) =>
        ja.remedy(
          p,
          'Entra ID でアカウントを修正してから、トークンを作り直してください。修正前に繰り返すとアカウントがロックされます。',
        ),
    },
  }),
  find: refused(deniedAs('token.account'), userFor),
});
