import { atPlaces } from '../evidence/connects.ts';
import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { type How, words } from '../words/told.ts';

export const connectUnreachable = defineRule({
  id: 'connect.unreachable',
  items: ['C10'],
  owner: 'network',
  after: ['server.offline', 'connect.host-closed'],
  words: words<{ how: How }>({
    en: {
      sentence: ({ places }) => `There is no route to ${en.list(places)}.`,
      cause: (p) =>
        `The server has no route there, or a router or firewall answers that the way is barred (ICMP).${en.ifAll(p, en.PERIMETER)}${en.ifLocal(p, en.OWN_RULE)}`,
      nextStep: (p) =>
        `Check the default gateway of ${en.here(p)}, then the firewall on the way, for ${en.list(p.places)}.`,
    },
    ja: {
      sentence: ({ places }) => `${ja.list(places)} への経路がありません。`,
      cause: (p) =>
        `このサーバーに経路がないか、途中のルーターまたはファイアウォールが ICMP で通信の禁止を返しています。${ja.ifAll(p, ja.PERIMETER)}${ja.ifLocal(p, ja.OWN_RULE)}`,
      nextStep: (p) =>
        `${ja.here(p)}のデフォルト ゲートウェイを確認し、次に ${ja.list(p.places)} までの途中のファイアウォールを確認してください。`,
    },
  }),
  claims: ({ places }) => places.map((endpoint) => ({ claim: 'unreached', endpoint })),
  find: atPlaces('unreachable'),
});
