import { CUT } from '../evidence/replies.ts';
import { defineRule, eachResult } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

export const greetSilent = defineRule({
  id: 'greet.silent',
  items: ['C10'],
  owner: 'network',
  after: ['tls.cut'],
  words: words<{ silent: boolean }>({
    en: {
      sentence: ({ places, protocols, silent }) =>
        silent
          ? `${en.list(places)} opens, but no ${en.list(protocols)} answer comes.`
          : `${en.list(places)} opens, and is cut off before ${en.list(protocols)} begins.`,
      cause: () =>
        'A transparent proxy or an inspecting firewall accepts the connection and does not pass it on.',
      nextStep: (p) =>
        `Let ${en.list(p.places)} pass without a proxy or protocol inspection for ${en.here(p)}.`,
    },
    ja: {
      sentence: ({ places, protocols, silent }) =>
        silent
          ? `${ja.list(places)} への接続は開きますが、${ja.list(protocols)} の応答がありません。`
          : `${ja.list(places)} への接続は開きますが、${ja.list(protocols)} が始まる前に切断されます。`,
      cause: () => '透過プロキシまたは検査型ファイアウォールが接続を受け入れ、その先へ渡していません。',
      nextStep: (p) =>
        `${ja.here(p)}について、${ja.list(p.places)} をプロキシやプロトコル インスペクションなしで通過させてください。`,
    },
  }),
  claims: ({ places }) => places.map((endpoint) => ({ claim: 'not-greeted', endpoint })),
  alike: { by: ({ failure }) => (failure?.code === 'timeout' ? 'silent' : 'cut'), in: 'greet' },
  find: eachResult({
    applies: ({ failure }) =>
      (failure?.phase === 'greet' || failure?.phase === 'starttls') && CUT.includes(failure.code),
    details: ([first]) => ({ silent: first.failure?.code === 'timeout' }),
  }),
});
