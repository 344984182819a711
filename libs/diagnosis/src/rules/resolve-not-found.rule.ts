import { isNotFound, nameDetails, resolverLines } from '../evidence/name-lookups.ts';
import { defineRule, eachResult, hostPart } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import * as enNames from '../words/en/name-troubles.ts';
import * as jaNames from '../words/ja/name-troubles.ts';
import { saysMore, type NameDetails, ownerOfTroubles } from '../words/name-troubles.ts';
import { words } from '../words/told.ts';

export const resolveNotFound = defineRule({
  id: 'resolve.not-found',
  items: ['C9'],
  phase: 'resolve',
  owner: ownerOfTroubles,
  after: ['resolve.comes-and-goes', 'resolve.no-name', 'resolve.system-fails'],
  words: words<NameDetails>({
    en: {
      sentence: (p) =>
        saysMore(p)
          ? `No address is found for ${en.list(p.hosts)}: ${enNames.did(p)}.`
          : `The name ${en.list(p.hosts)} does not exist for this server.`,
      cause: (p) =>
        saysMore(p)
          ? enNames.causes(p)
          : 'The resolver answered that the name does not exist: an internal zone that hides the public one, a DNS filter, or a mistyped host.',
      nextStep: (p) =>
        saysMore(p)
          ? enNames.steps(p)
          : `Look up ${en.list(p.hosts)} on ${en.here(p)} and on a server that works, and compare the resolvers they use; then correct the zone, the filter or the host.`,
    },
    ja: {
      sentence: (p) =>
        saysMore(p)
          ? `${ja.list(p.hosts)} のアドレスが得られません: ${jaNames.did(p)}。`
          : `このサーバーでは、名前 ${ja.list(p.hosts)} は存在しないと応答されます。`,
      cause: (p) =>
        saysMore(p)
          ? jaNames.causes(p)
          : '名前が存在しないとリゾルバーが応答しました。公開ゾーンを隠す社内ゾーン、DNS フィルター、またはホスト名の誤りが考えられます。',
      nextStep: (p) =>
        saysMore(p)
          ? jaNames.steps(p)
          : `${ja.here(p)}と正常なサーバーで ${ja.list(p.hosts)} を検索し、使用しているリゾルバーを比較して、ゾーン、フィルター、またはホスト名を修正してください。`,
    },
  }),
  claims: ({ hosts }) => hosts.map((host) => ({ claim: 'name-unknown', host })),
  alike: { by: () => 'not found', in: 'resolve' },
  find: eachResult({
    applies: isNotFound,
    about: ({ target }) => target.host,
    part: hostPart,
    details: nameDetails,
    evidence: resolverLines,
  }),
});
