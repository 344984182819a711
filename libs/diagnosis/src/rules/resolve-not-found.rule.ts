import { isNotFound, resolverLines } from '../evidence/name-lookups.ts';
import { defineRule, eachResult, hostPart, nothing } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

export const resolveNotFound = defineRule({
  id: 'resolve.not-found',
  items: ['C9'],
  owner: 'dns',
  after: ['resolve.no-name'],
  words: words({
    en: {
      sentence: ({ hosts }) => `The name ${en.list(hosts)} does not exist for this server.`,
      cause: () =>
        'The resolver answered that the name does not exist: an internal zone that hides the public one, a DNS filter, or a mistyped host.',
      nextStep: (p) =>
        `Look up ${en.list(p.hosts)} on ${en.here(p)} and on a server that works, and compare the resolvers they use; then correct the zone, the filter or the host.`,
    },
    ja: {
      sentence: ({ hosts }) => `このサーバーでは、名前 ${ja.list(hosts)} は存在しないと応答されます。`,
      cause: () =>
        '名前が存在しないとリゾルバーが応答しました。公開ゾーンを隠す社内ゾーン、DNS フィルター、またはホスト名の誤りが考えられます。',
      nextStep: (p) =>
        `${ja.here(p)}と正常なサーバーで ${ja.list(p.hosts)} を検索し、使用しているリゾルバーを比較して、ゾーン、フィルター、またはホスト名を修正してください。`,
    },
  }),
  claims: ({ hosts }) => hosts.map((host) => ({ claim: 'name-unknown', host })),
  alike: { by: () => 'not found', in: 'resolve' },
  find: eachResult({
    applies: isNotFound,
    about: ({ target }) => target.host,
    part: hostPart,
    details: nothing,
    evidence: resolverLines,
  }),
});
