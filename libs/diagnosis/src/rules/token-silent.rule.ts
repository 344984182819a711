import { CUT } from '../evidence/replies.ts';
import { defineRule, eachResult, nothing } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

export const tokenSilent = defineRule({
  id: 'token.silent',
  items: ['X6', 'C9'],
  owner: 'proxy',
  confidence: 'possible',
  words: words({
    en: {
      sentence: ({ places }) =>
        `The sign-in host ${en.list(places)} can be reached, but the token request gets no answer.`,
      cause: (p) =>
        `A proxy or firewall holds back requests that carry data.${en.ifLocal(p, 'Other servers are answered.')}`,
      nextStep: (p) => `Exempt ${en.list(p.places)} from the proxy for ${en.here(p)}.`,
    },
    ja: {
      sentence: ({ places }) =>
        `サインイン ホスト ${ja.list(places)} には到達できますが、トークン要求に応答がありません。`,
      cause: (p) =>
        `プロキシまたはファイアウォールが、データを含む要求を止めています。${ja.ifLocal(p, 'ほかのサーバーには応答があります。')}`,
      nextStep: (p) => `${ja.here(p)}について、${ja.list(p.places)} をプロキシの対象から除外してください。`,
    },
  }),
  find: eachResult({
    applies: (result) => result.failure?.phase === 'token' && CUT.includes(result.failure.code),
    details: nothing,
  }),
});
