import { seen } from '../evidence/replies.ts';
import { defineRule, eachResult } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { type Told, words } from '../words/told.ts';

/** RFC 5321, section 4.2.1: a 4xx asks to come again, and every server is asked it. */
const turnsAllAway = ({ line, spread }: Told & { line: string }): boolean =>
  spread === 'all' && /^4\d\d[ -]/.test(line);

export const greetUnexpected = defineRule({
  id: 'greet.unexpected',
  items: (told) => (turnsAllAway(told) ? ['X7', 'C10'] : ['C10']),
  owner: (told) => (turnsAllAway(told) ? 'microsoft' : 'network'),
  confidence: 'possible',
  after: ['greet.no-xoauth2'],
  words: words<{ line: string }>({
    en: {
      sentence: ({ places, protocols, line }) =>
        `${en.list(places)} does not answer as ${en.list(protocols)} of Exchange Online does: ${line}`,
      cause: () => 'Another service, a proxy, or a server that turns this client away answers on this port.',
      nextStep: ({ places }) =>
        `Read the line that ${en.list(places)} sent and compare it with a server that works.`,
    },
    ja: {
      sentence: ({ places, protocols, line }) =>
        `${ja.list(places)} は Exchange Online の ${ja.list(protocols)} とは異なる応答をします: ${line}`,
      cause: () =>
        '別のサービス、プロキシ、またはこのクライアントを拒むサーバーがこのポートで応答しています。',
      nextStep: ({ places }) =>
        `${ja.list(places)} が送った行を確認し、正常なサーバーのものと比較してください。`,
    },
  }),
  alike: { by: (result) => seen(result), in: 'greet' },
  find: eachResult({
    applies: ({ failure }) => failure?.phase === 'greet' && failure.code === 'unexpected-reply',
    details: ([first]) => ({ line: seen(first) }),
  }),
});
