import { isCheck } from '@mailpath/protocol';
import { isDenied, refused, refusedElsewhere, through } from '../evidence/token-refusals.ts';
import { defineRule } from '../rule.ts';
import { userFor } from '../sign-in/sign-in.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { type Refusal, words } from '../words/told.ts';

/**
 * Later tokens are the services server's (S48); where the first is made elsewhere, mail works for an hour and stops.
 */
export const tokenRefreshHere = defineRule({
  id: 'token.refresh-here',
  items: ['C4', 'X4'],
  owner: 'entra',
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
      sentence: (p) =>
        `The token of ${en.list(p.mailboxes)} is made elsewhere, but cannot be refreshed here${en.said(p)}`,
      cause: (p) =>
        en.because(
          p,
          'Mail works for about an hour after sign-in and then stops: the services server refreshes tokens (S48), and is refused. A refresh token that is used up or revoked, or a policy by location that lists only the application server’s address.',
        ),
      nextStep: (p) =>
        en.remedy(
          p,
          `Add the public address of ${en.here(p)} to the trusted locations; if it stays, make the token again.`,
        ),
    },
    ja: {
      sentence: (p) =>
        `${ja.list(p.mailboxes)} のトークンは別のサーバーで作成できますが、ここでは更新できません${ja.said(p)}。`,
      cause: (p) =>
        ja.because(
          p,
          'サインイン後約 1 時間はメールが動作し、その後停止します。トークンを更新するサービス サーバー (S48) が拒否されています。使用済みまたは失効した更新トークン、あるいはアプリケーション サーバーのアドレスだけを許可する場所のポリシーが考えられます。',
        ),
      nextStep: (p) =>
        ja.remedy(
          p,
          `${ja.here(p)}のパブリック アドレスを信頼できる場所に追加してください。解消しない場合は、トークンを作り直してください。`,
        ),
    },
  }),
  find: refused(
    (result, context) =>
      isDenied(result) &&
      isCheck(result, 'token.refresh') &&
      through('token.redeem')(context) &&
      !refusedElsewhere(result, context),
    userFor,
  ),
});
