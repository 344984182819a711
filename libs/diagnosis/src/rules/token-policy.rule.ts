import { aadstsOf, deniedAs, refused } from '../evidence/token-refusals.ts';
import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { byRung, isLocal, type Refusal, words } from '../words/told.ts';

export const tokenPolicy = defineRule({
  id: 'token.policy',
  items: ['X4'],
  owner: 'entra',
  confidence: (told) => byRung(told, isLocal(told) ? 'likely' : 'certain'),
  ofTenant: true,
  after: ['token.registration'],
  words: words<Refusal>({
    en: {
      sentence: (p) =>
        `A policy of the tenant refuses the sign-in${p.mailboxes.length > 0 ? ` of ${en.list(p.mailboxes)}` : ''}${en.said(p)}`,
      cause: (p) =>
        en.because(
          p,
          `Conditional Access, multi-factor authentication or security defaults do not let it through.${en.ifLocal(p, en.BY_PLACE)}${en.ifAll(p, 'It is the same on every server, so one address is not the cause.')}`,
        ),
      nextStep: (p) =>
        p.spread === 'one' || p.spread === 'some'
          ? `Add the public address of ${en.here(p)} to the trusted locations of the tenant; the sign-in log names the policy.`
          : en.remedy(
              p,
              'Find the sign-in in the log of Entra ID, and except the account from the policy that it names, or meet it.',
            ),
    },
    ja: {
      sentence: (p) =>
        `テナントのポリシーが${p.mailboxes.length > 0 ? ` ${ja.list(p.mailboxes)} の` : ''}サインインを拒否しています${ja.said(p)}。`,
      cause: (p) =>
        ja.because(
          p,
          `条件付きアクセス、多要素認証、またはセキュリティの既定値群によって拒否されています。${ja.ifLocal(p, ja.BY_PLACE)}${ja.ifAll(p, 'すべてのサーバーで同じため、特定のアドレスの問題ではありません。')}`,
        ),
      nextStep: (p) =>
        p.spread === 'one' || p.spread === 'some'
          ? `${ja.here(p)}のパブリック アドレスをテナントの信頼できる場所に追加してください。該当するポリシーはサインイン ログで確認できます。`
          : ja.remedy(
              p,
              'Entra ID のサインイン ログで該当するポリシーを確認し、アカウントを除外するか、条件を満たしてください。',
            ),
    },
  }),
  find: refused(deniedAs('token.policy'), (result) => `AADSTS${aadstsOf(result)}`),
});
