import { isCheck } from '@mailpath/protocol';
import { isDenied, refused, refusedElsewhere, through } from '../evidence/token-refusals.ts';
import { defineRule } from '../rule.ts';
import { userFor } from '../sign-in/sign-in.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { type Refusal, words } from '../words/told.ts';

/** The first token is made by application servers (S47); where others refresh theirs, the application is good. */
export const tokenRedeemHere = defineRule({
  id: 'token.redeem-here',
  items: ['C3', 'C2', 'X4'],
  owner: 'ece-administrator',
  confidence: 'possible',
  after: [
    'token.redirect-platform',
    'token.other-tenant-grant',
    'token.account',
    'token.revoked',
    'token.policy',
    'token.restricted',
  ],
  words: words<Refusal>({
    en: {
      sentence: (p) => `The first token of ${en.list(p.mailboxes)} cannot be made here${en.said(p)}`,
      cause: (p) =>
        en.because(
          p,
          'Tokens are refreshed elsewhere with the same application (S48), so its credential is good: redirect URI, external URL or the code itself, which is used once and only where it was asked for (S47).',
        ),
      nextStep: (p) =>
        en.remedy(
          p,
          'Compare redirect URI and external URL with the Entra application, and start the sign-in again.',
        ),
    },
    ja: {
      sentence: (p) => `${ja.list(p.mailboxes)} の最初のトークンをここで作成できません${ja.said(p)}。`,
      cause: (p) =>
        ja.because(
          p,
          '別のサーバーでは同じアプリケーションでトークンを更新できているため (S48)、資格情報は正常です。リダイレクト URI、外部 URL、または一度しか使えない認可コード自体 (S47) が原因です。',
        ),
      nextStep: (p) =>
        ja.remedy(
          p,
          'リダイレクト URI と外部 URL を Entra アプリケーションと照合し、サインインをやり直してください。',
        ),
    },
  }),
  find: refused(
    (result, context) =>
      isDenied(result) &&
      isCheck(result, 'token.redeem') &&
      through('token.refresh')(context) &&
      !refusedElsewhere(result, context),
    userFor,
  ),
});
