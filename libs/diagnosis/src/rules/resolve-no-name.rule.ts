import { isNotFound, lookedUp, nameDetails, resolverLines } from '../evidence/name-lookups.ts';
import { kept } from '../kept.ts';
import { hostsOf, type ServerView } from '../look.ts';
import { defineRule, eachResult, nothing } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import * as enNames from '../words/en/name-troubles.ts';
import * as jaNames from '../words/ja/name-troubles.ts';
import { saysMore, type NameDetails, ownerOfTroubles } from '../words/name-troubles.ts';
import { words } from '../words/told.ts';

/** None of several names is known. */
const knowsNoName = kept((server: ServerView): boolean => {
  const names = lookedUp({ server });
  return names.every(isNotFound) && hostsOf(names).length > 1;
});

export const resolveNoName = defineRule({
  id: 'resolve.no-name',
  items: ['C9'],
  phase: 'resolve',
  owner: ownerOfTroubles,
  words: words<NameDetails>({
    en: {
      sentence: (p) =>
        saysMore(p)
          ? `No name leads to an address here (${en.list(p.hosts)}): ${enNames.did(p)}.`
          : `No name exists for this server's resolver: ${en.list(p.hosts)}.`,
      cause: (p) =>
        saysMore(p)
          ? enNames.causes(p)
          : 'The resolver knows no name of Microsoft 365 at all: it serves internal names only, or cannot ask the internet.',
      nextStep: (p) =>
        saysMore(p)
          ? enNames.steps(p)
          : `Let the DNS servers of ${en.here(p)} resolve public names (forwarding or root hints), at the least ${en.list(p.hosts)}.`,
    },
    ja: {
      sentence: (p) =>
        saysMore(p)
          ? `どの名前 (${ja.list(p.hosts)}) もアドレスに解決されません: ${jaNames.did(p)}。`
          : `このサーバーのリゾルバーでは、どの名前 (${ja.list(p.hosts)}) も存在しません。`,
      cause: (p) =>
        saysMore(p)
          ? jaNames.causes(p)
          : 'リゾルバーが Microsoft 365 の名前をまったく解決できません。社内の名前だけを扱っているか、インターネットに問い合わせできない状態です。',
      nextStep: (p) =>
        saysMore(p)
          ? jaNames.steps(p)
          : `${ja.here(p)}の DNS サーバーが公開名 (少なくとも ${ja.list(p.hosts)}) を解決できるよう、フォワーダーまたはルート ヒントを設定してください。`,
    },
  }),
  claims: ({ hosts }) => hosts.map((host) => ({ claim: 'name-unknown', host })),
  find: eachResult({
    applies: (result, { server }) => isNotFound(result) && knowsNoName(server),
    about: () => 'resolver',
    part: nothing,
    details: nameDetails,
    evidence: resolverLines,
    affectsWholeServer: () => true,
  }),
});
