import { isNotFound, lookedUp, resolverLines } from '../evidence/name-lookups.ts';
import { hostsOf } from '../look.ts';
import { defineRule, eachResult, nothing } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

export const resolveNoName = defineRule({
  id: 'resolve.no-name',
  items: ['C9'],
  owner: 'dns',
  words: words({
    en: {
      sentence: ({ hosts }) => `No name exists for this server's resolver: ${en.list(hosts)}.`,
      cause: () =>
        'The resolver knows no name of Microsoft 365 at all: it serves internal names only, or cannot ask the internet.',
      nextStep: (p) =>
        `Let the DNS servers of ${en.here(p)} resolve public names (forwarding or root hints), at the least ${en.list(p.hosts)}.`,
    },
    ja: {
      sentence: ({ hosts }) => `このサーバーのリゾルバーでは、どの名前 (${ja.list(hosts)}) も存在しません。`,
      cause: () =>
        'リゾルバーが Microsoft 365 の名前をまったく解決できません。社内の名前だけを扱っているか、インターネットに問い合わせできない状態です。',
      nextStep: (p) =>
        `${ja.here(p)}の DNS サーバーが公開名 (少なくとも ${ja.list(p.hosts)}) を解決できるよう、フォワーダーまたはルート ヒントを設定してください。`,
    },
  }),
  claims: ({ hosts }) => hosts.map((host) => ({ claim: 'name-unknown', host })),
  find: eachResult({
    applies: (result, context) => {
      const names = lookedUp(context);
      return isNotFound(result) && names.every(isNotFound) && hostsOf(names).length > 1;
    },
    about: () => 'resolver',
    part: nothing,
    details: nothing,
    evidence: resolverLines,
    affectsWholeServer: () => true,
  }),
});
