import { atPlaces, howOf } from '../evidence/connects.ts';
import { defineRule, eachResult } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { type How, words } from '../words/told.ts';

/** Whatever else an agent may say of a connect. */
const rest = eachResult({
  applies: (result) =>
    result.failure?.phase === 'connect' && result.failure.code !== 'internal' && howOf(result) === null,
  details: () => ({ how: 'reset' as const, here: false }),
});

export const connectBroken = defineRule({
  id: 'connect.broken',
  items: ['C10'],
  owner: 'network',
  confidence: 'possible',
  after: ['throttled', 'connect.refused', 'connect.timeout', 'connect.unreachable'],
  words: words<{ how: How; here: boolean }>({
    en: {
      sentence: ({ places }) => `A TCP connection to ${en.list(places)} cannot be established.`,
      cause: () => 'The connection was broken off while it was being made; a device on the path interferes.',
      nextStep: (p) => `Let the network team trace TCP from ${en.here(p)} to ${en.list(p.places)}.`,
    },
    ja: {
      sentence: ({ places }) => `${ja.list(places)} への TCP 接続を確立できません。`,
      cause: () => '接続の確立中に、途中の機器が通信を切断しました。',
      nextStep: (p) =>
        `ネットワーク担当に、${ja.here(p)}から ${ja.list(p.places)} への TCP 通信のトレースを依頼してください。`,
    },
  }),
  claims: ({ places }) => places.map((endpoint) => ({ claim: 'unreached', endpoint })),
  find: (context) => [...atPlaces('reset')(context), ...rest(context)],
});
