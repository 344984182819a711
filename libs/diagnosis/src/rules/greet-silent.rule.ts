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
  words: words<{ silent: boolean; greeted?: boolean }>({
    en: {
      sentence: ({ places, protocols, silent, greeted }) =>
        greeted
          ? `${en.list(places)} greets, and ${silent ? 'says nothing more' : 'is cut off'} as soon as STARTTLS is asked for.`
          : silent
            ? `${en.list(places)} opens, but no ${en.list(protocols)} answer comes.`
            : `${en.list(places)} opens, and is cut off before ${en.list(protocols)} begins.`,
      cause: ({ greeted }) =>
        greeted
          ? 'A firewall or an intrusion prevention system that inspects SMTP does not let the connection become one that it cannot read.'
          : 'A transparent proxy or an inspecting firewall accepts the connection and does not pass it on.',
      nextStep: (p) =>
        `Let ${en.list(p.places)} pass without a proxy or protocol inspection for ${en.here(p)}.`,
    },
    ja: {
      sentence: ({ places, protocols, silent, greeted }) =>
        greeted
          ? `${ja.list(places)} は応答しますが、STARTTLS を要求すると${silent ? '応答がなくなります' : '切断されます'}。`
          : silent
            ? `${ja.list(places)} への接続は開きますが、${ja.list(protocols)} の応答がありません。`
            : `${ja.list(places)} への接続は開きますが、${ja.list(protocols)} が始まる前に切断されます。`,
      cause: ({ greeted }) =>
        greeted
          ? 'SMTP を検査するファイアウォールまたは侵入防止システムが、暗号化された接続への切り替えを妨げています。'
          : '透過プロキシまたは検査型ファイアウォールが接続を受け入れ、その先へ渡していません。',
      nextStep: (p) =>
        `${ja.here(p)}について、${ja.list(p.places)} をプロキシやプロトコル インスペクションなしで通過させてください。`,
    },
  }),
  claims: ({ places, greeted }) =>
    places.map((endpoint) => ({ claim: greeted ? 'handshake-fails' : 'not-greeted', endpoint })),
  alike: {
    by: ({ failure }) => `${failure?.phase} ${failure?.code === 'timeout' ? 'silent' : 'cut'}`,
    in: 'greet',
  },
  find: eachResult({
    applies: ({ failure }) =>
      (failure?.phase === 'greet' || failure?.phase === 'starttls') && CUT.includes(failure.code),
    details: ([first]) => ({
      silent: first.failure?.code === 'timeout',
      greeted: first.failure?.phase === 'starttls',
    }),
  }),
});
