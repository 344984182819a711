import { failsToResolve, nameDetails, resolverLines } from '../evidence/name-lookups.ts';
import { defineRule, eachResult, hostPart } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import * as enNames from '../words/en/name-troubles.ts';
import * as jaNames from '../words/ja/name-troubles.ts';
import { isTold, type NameDetails, ownerOfTroubles } from '../words/name-troubles.ts';
import { words } from '../words/told.ts';

export const resolveNameFails = defineRule({
  id: 'resolve.name-fails',
  items: ['C9'],
  phase: 'resolve',
  owner: ownerOfTroubles,
  after: ['resolve.no-answer', 'resolve.not-found'],
  words: words<NameDetails>({
    en: {
      sentence: (p) =>
        isTold(p)
          ? `No address is found for ${en.list(p.hosts)}, and for other names it is: ${enNames.did(p)}.`
          : `The resolver gives no usable answer for ${en.list(p.hosts)}, and does for other names.`,
      cause: (p) =>
        isTold(p)
          ? enNames.causes(p)
          : 'The resolver fails only for this name: its zone, its forwarder or a filter for it is broken.',
      nextStep: (p) =>
        isTold(p)
          ? enNames.steps(p)
          : `Let the DNS team look up ${en.list(p.hosts)} at the resolvers of ${en.here(p)} and fix what answers for it.`,
    },
    ja: {
      sentence: (p) =>
        isTold(p)
          ? `${ja.list(p.hosts)} のアドレスが得られません。ほかの名前は解決できます: ${jaNames.did(p)}。`
          : `リゾルバーは ${ja.list(p.hosts)} に対して有効な応答を返しません。ほかの名前は解決できます。`,
      cause: (p) =>
        isTold(p)
          ? jaNames.causes(p)
          : 'この名前に限ってリゾルバーが失敗しています。この名前専用のゾーン、フォワーダー、またはフィルターに問題があります。',
      nextStep: (p) =>
        isTold(p)
          ? jaNames.steps(p)
          : `DNS 担当に、${ja.here(p)}のリゾルバーで ${ja.list(p.hosts)} を検索し、応答する設定を修正するよう依頼してください。`,
    },
  }),
  claims: ({ hosts }) => hosts.map((host) => ({ claim: 'no-address', host })),
  alike: { by: () => 'no usable answer', in: 'resolve' },
  find: eachResult({
    applies: failsToResolve,
    about: ({ target }) => target.host,
    part: hostPart,
    details: nameDetails,
    evidence: resolverLines,
  }),
});
