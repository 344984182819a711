import { atPlaces } from '../evidence/connects.ts';
import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { type How, words } from '../words/told.ts';

export const connectUnreachable = defineRule({
  id: 'connect.unreachable',
  items: ['C10'],
  owner: ({ here }) => (here ? 'server-administrator' : 'network'),
  after: ['server.offline', 'connect.host-closed'],
  words: words<{ how: How; here: boolean }>({
    en: {
      sentence: ({ places, here }) =>
        here
          ? `This machine itself forbids TCP to ${en.list(places)}: nothing leaves it.`
          : `There is no route to ${en.list(places)}.`,
      cause: (p) =>
        p.here
          ? `A rule of the machine's own firewall, a security program on it, or a route that says "prohibit".${en.ifLocal(p, 'Other servers have no such rule.')}`
          : `The server has no route there, or a router or firewall answers that the path is barred (ICMP).${en.ifAll(p, en.PERIMETER)}${en.ifLocal(p, en.OWN_RULE)}`,
      nextStep: (p) =>
        p.here
          ? `Allow outgoing TCP to ${en.list(p.places)} in the firewall and the security program of ${en.here(p)}; the network team has nothing to do.`
          : `Check the default gateway of ${en.here(p)}, then the firewall on the path, for ${en.list(p.places)}.`,
    },
    ja: {
      sentence: ({ places, here }) =>
        here
          ? `このマシン自体が ${ja.list(places)} への TCP 接続を禁止しています。`
          : `${ja.list(places)} への経路がありません。`,
      cause: (p) =>
        p.here
          ? `このマシンのファイアウォール、セキュリティ ソフトウェア、または禁止の経路設定が原因です。${ja.ifLocal(p, 'ほかのサーバーにはこの設定がありません。')}`
          : `このサーバーに経路がないか、途中のルーターまたはファイアウォールが ICMP で通信の禁止を返しています。${ja.ifAll(p, ja.PERIMETER)}${ja.ifLocal(p, ja.OWN_RULE)}`,
      nextStep: (p) =>
        p.here
          ? `${ja.here(p)}のファイアウォールとセキュリティ ソフトウェアで、${ja.list(p.places)} への外向き TCP を許可してください。ネットワーク担当の作業は不要です。`
          : `${ja.here(p)}のデフォルト ゲートウェイを確認し、次に ${ja.list(p.places)} までの途中のファイアウォールを確認してください。`,
    },
  }),
  claims: ({ places }) => places.map((endpoint) => ({ claim: 'unreached', endpoint })),
  find: atPlaces('unreachable'),
});
