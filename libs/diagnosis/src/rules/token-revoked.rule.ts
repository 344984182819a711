import { deniedAs, refused } from '../evidence/token-refusals.ts';
import { defineRule } from '../rule.ts';
import { userFor } from '../sign-in/sign-in.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { byRung, type Refusal, words } from '../words/told.ts';

export const tokenRevoked = defineRule({
  id: 'token.revoked',
  items: ['C4'],
  // A policy of sign-in frequency ends it again, whoever signs in.
  owner: ({ answer }) => answer?.owner ?? 'ece-administrator',
  confidence: (p) => byRung(p, 'likely'),
  ofTenant: true,
  after: ['token.registration'],
  words: words<Refusal>({
    en: {
      sentence: (p) => `The refresh token of ${en.list(p.mailboxes)} is no longer good${en.said(p)}`,
      cause: (p) =>
        en.because(
          p,
          'It was revoked (password reset, revoked sessions), replaced, or not used for too long.',
        ),
      nextStep: (p) => en.remedy(p, 'Make the token again by signing in as the mailbox’s account.'),
    },
    ja: {
      sentence: (p) => `${ja.list(p.mailboxes)} の更新トークンが無効になっています${ja.said(p)}。`,
      cause: (p) =>
        ja.because(
          p,
          'パスワードのリセットやセッションの取り消しで失効したか、置き換えられたか、長期間使用されていません。',
        ),
      nextStep: (p) =>
        ja.remedy(p, 'メールボックスのアカウントでサインインし、トークンを作り直してください。'),
    },
  }),
  find: refused(deniedAs('token.revoked'), userFor),
});
