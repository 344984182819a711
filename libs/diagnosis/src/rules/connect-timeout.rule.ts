import { atPlaces } from '../evidence/connects.ts';
import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { type How, words } from '../words/told.ts';

export const connectTimeout = defineRule({
  id: 'connect.timeout',
  items: ['C10'],
  owner: 'network',
  after: [
    'server.offline',
    'resolve.hosts-entry',
    'resolve.unusual-address',
    'resolve.other-answer',
    'connect.port-closed',
  ],
  words: words<{ how: How; here: boolean }>({
    en: {
      sentence: ({ places, how }) => `TCP to ${en.list(places)} ${en.HOW[how]}.`,
      cause: (p) =>
        `Packets are dropped on the path: almost always a firewall without a rule for this server, host and port.${en.ifAll(p, en.PERIMETER)}${en.ifLocal(p, en.OWN_RULE)}`,
      nextStep: (p) =>
        `Allow outgoing TCP from ${en.here(p)} to ${en.list(p.places)} by name, answers included.`,
    },
    ja: {
      sentence: ({ places, how }) =>
        how === 'timeout'
          ? `${ja.list(places)} への TCP 接続に応答がありません。`
          : `${ja.list(places)} への TCP 接続は${ja.HOW[how]}。`,
      cause: (p) =>
        `途中でパケットが破棄されています。ほとんどの場合、このサーバー、ホスト、ポートを許可するルールがファイアウォールにありません。${ja.ifAll(p, ja.PERIMETER)}${ja.ifLocal(p, ja.OWN_RULE)}`,
      nextStep: (p) =>
        `${ja.here(p)}から ${ja.list(p.places)} への外向き TCP を、応答も含めてホスト名で許可してください。`,
    },
  }),
  claims: ({ places }) => places.map((endpoint) => ({ claim: 'unreached', endpoint })),
  find: atPlaces('timeout', 'silent'),
});
