import { atPlaces } from '../evidence/connects.ts';
import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { type How, words } from '../words/told.ts';

export const connectRefused = defineRule({
  id: 'connect.refused',
  items: ['C10'],
  owner: 'network',
  after: ['server.offline', 'resolve.search-domain'],
  words: words<{ how: How; here: boolean }>({
    en: {
      sentence: ({ places, how }) => `TCP to ${en.list(places)} ${en.HOW[how]}.`,
      cause: (p) =>
        `Something answers in place of Microsoft and closes the port at once: a firewall rule that rejects, or a host or NAT entry that leads elsewhere.${en.ifAll(p, en.PERIMETER)}${en.ifLocal(p, en.OWN_RULE)}`,
      nextStep: (p) =>
        `Allow outgoing TCP from ${en.here(p)} to ${en.list(p.places)} by name, and check that the addresses are Microsoft's.`,
    },
    ja: {
      sentence: ({ places, how }) =>
        `${ja.list(places)} への TCP 接続${how === 'refused' ? 'が' : 'は'}${ja.HOW[how]}。`,
      cause: (p) =>
        `Microsoft の代わりに何かが応答し、すぐにポートを閉じています。拒否するファイアウォール ルール、または別の宛先へ向ける hosts や NAT の設定が考えられます。${ja.ifAll(p, ja.PERIMETER)}${ja.ifLocal(p, ja.OWN_RULE)}`,
      nextStep: (p) =>
        `${ja.here(p)}から ${ja.list(p.places)} への外向き TCP をホスト名で許可し、アドレスが Microsoft のものであることを確認してください。`,
    },
  }),
  claims: ({ places }) => places.map((endpoint) => ({ claim: 'unreached', endpoint })),
  find: atPlaces('refused', 'rejected'),
});
