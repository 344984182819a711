import { clue, commonPart, isWholeHost, unreached } from '../evidence/connects.ts';
import { hostsOf } from '../look.ts';
import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { type How, words } from '../words/told.ts';

export const connectHostClosed = defineRule({
  id: 'connect.host-closed',
  items: ['C10', 'C9'],
  owner: 'network',
  after: ['server.offline', 'connect.mail-ports'],
  words: words<{ how: How }>({
    en: {
      sentence: ({ hosts, how, places }) =>
        `TCP to ${en.list(hosts)} ${en.HOW[how]} on every port: ${en.list(places)}.`,
      cause: (p) =>
        `Something bars or misleads the host itself and not a port: a firewall that knows it by address and has an old list, or an address that is not Microsoft's.${en.ifAll(p, en.PERIMETER)}${en.ifLocal(p, en.OWN_RULE)}`,
      nextStep: (p) =>
        `Allow ${en.list(p.hosts)} by name for ${en.here(p)}, and compare its addresses with those on a server that works.`,
    },
    ja: {
      sentence: ({ hosts, how, places }) =>
        `${ja.list(hosts)} への TCP 接続は、どのポートでも${ja.HOW[how]} (${ja.list(places)})。`,
      cause: (p) =>
        `ポートではなくホスト自体が遮断されているか、誤った宛先に向けられています。古いアドレス一覧を使うファイアウォール、または Microsoft のものではないアドレスが考えられます。${ja.ifAll(p, ja.PERIMETER)}${ja.ifLocal(p, ja.OWN_RULE)}`,
      nextStep: (p) =>
        `${ja.here(p)}に対して ${ja.list(p.hosts)} をホスト名で許可し、正常なサーバーで得られるアドレスと比較してください。`,
    },
  }),
  claims: ({ hosts }) => hosts.map((host) => ({ claim: 'host-closed', host })),
  find: (context) =>
    unreached(context)
      .filter(isWholeHost)
      .map(({ results, how }) => ({
        ...clue(hostsOf(results).toSorted().join(' '), results),
        part: commonPart(results),
        details: { how },
      })),
});
