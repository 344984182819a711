import { failsToResolve, resolverLines } from '../evidence/name-lookups.ts';
import { defineRule, eachResult, hostPart, nothing } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

export const resolveNameFails = defineRule({
  id: 'resolve.name-fails',
  items: ['C9'],
  owner: 'dns',
  after: ['resolve.no-answer', 'resolve.not-found'],
  words: words({
    en: {
      sentence: ({ hosts }) =>
        `The resolver gives no usable answer for ${en.list(hosts)}, and does for other names.`,
      cause: () =>
        'The resolver fails for this name alone: a zone, a forwarder or a filter of its own for it is broken.',
      nextStep: (p) =>
        `Let the DNS team look up ${en.list(p.hosts)} at the resolvers of ${en.here(p)} and mend what answers for it.`,
    },
    ja: {
      sentence: ({ hosts }) =>
        `リゾルバーは ${ja.list(hosts)} に対して有効な応答を返しません。他の名前は解決できます。`,
      cause: () =>
        'この名前に限ってリゾルバーが失敗しています。この名前専用のゾーン、フォワーダー、またはフィルターに問題があります。',
      nextStep: (p) =>
        `DNS 担当に、${ja.here(p)}のリゾルバーで ${ja.list(p.hosts)} を検索し、応答する設定を修正するよう依頼してください。`,
    },
  }),
  alike: { by: () => 'no usable answer', in: 'resolve' },
  find: eachResult({
    applies: failsToResolve,
    about: ({ target }) => target.host,
    part: hostPart,
    details: nothing,
    evidence: resolverLines,
  }),
});
