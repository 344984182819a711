import { deniedAs, refused } from '../evidence/token-refusals.ts';
import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { byRung, type Refusal, words } from '../words/told.ts';

export const tokenRestricted = defineRule({
  id: 'token.restricted',
  items: ['X6', 'X3'],
  owner: 'proxy',
  confidence: (p) => byRung(p, 'certain'),
  after: ['token.registration'],
  words: words<Refusal>({
    en: {
      sentence: (p) => `A proxy adds tenant restrictions to the sign-in${en.said(p)}`,
      cause: (p) =>
        en.because(
          p,
          `The proxy between server and Entra ID lets only certain tenants be signed in to.${en.ifLocal(p, 'Other servers use another path.')}`,
        ),
      nextStep: (p) =>
        en.remedy(
          p,
          `Let the proxy team allow the tenant, or let ${en.here(p)} reach the sign-in host without the proxy.`,
        ),
    },
    ja: {
      sentence: (p) => `プロキシがサインインにテナント制限を追加しています${ja.said(p)}。`,
      cause: (p) =>
        ja.because(
          p,
          `サーバーと Entra ID の間のプロキシが、特定のテナントへのサインインだけを許可しています。${ja.ifLocal(p, 'ほかのサーバーは別の経路を使っています。')}`,
        ),
      nextStep: (p) =>
        ja.remedy(
          p,
          `プロキシ担当に、テナントの許可、または${ja.here(p)}からプロキシなしでサインイン ホストに到達できる設定を依頼してください。`,
        ),
    },
  }),
  find: refused(deniedAs('token.restricted'), () => 'sign-in host'),
});
