import { clue, comesUp, fold, portsOf } from '../evidence/connects.ts';
import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { type How, words } from '../words/told.ts';

export const connectHostClosed = defineRule({
  id: 'connect.host-closed',
  items: ['C10', 'C9'],
  owner: 'network',
  after: ['connect.mail-ports'],
  words: words<{ host: string; how: How }>({
    en: {
      sentence: ({ host, how, places }) => `TCP to ${host} ${en.HOW[how]} on every port: ${en.list(places)}.`,
      cause: (p) =>
        `Something bars or misleads the host itself and not a port: a firewall that knows it by address and has an old list, or an address that is not Microsoft's.${en.ifAll(p, en.PERIMETER)}${en.ifLocal(p, en.OWN_RULE)}`,
      nextStep: (p) =>
        `Allow ${p.host} by name for ${en.here(p)}, and compare its addresses with those on a server that works.`,
    },
    ja: {
      sentence: ({ host, how, places }) =>
        `${host} への TCP 接続は、どのポートでも${ja.HOW[how]} (${ja.list(places)})。`,
      cause: (p) =>
        `ポートではなくホスト自体が遮断されているか、誤った宛先に向けられています。古いアドレス一覧を使うファイアウォール、または Microsoft のものではないアドレスが考えられます。${ja.ifAll(p, ja.PERIMETER)}${ja.ifLocal(p, ja.OWN_RULE)}`,
      nextStep: (p) =>
        `${ja.here(p)}に対して ${p.host} を名前で許可し、正常なサーバーで得られるアドレスと比較してください。`,
    },
  }),
  find: (context) =>
    fold(
      context,
      ({ target }) => target.host,
      // Where nothing else was looked at, the host is as much as can be said.
      (members, others) => portsOf(members).length > 1 && (others.length === 0 || others.some(comesUp)),
    ).map(({ subject, results, how }) => ({
      ...clue(subject, results),
      part: { host: subject },
      details: { host: subject, how },
    })),
});
