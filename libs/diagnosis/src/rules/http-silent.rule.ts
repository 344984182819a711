import { CUT } from '../evidence/replies.ts';
import { defineRule, eachResult, nothing } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

export const httpSilent = defineRule({
  id: 'http.silent',
  items: ['C9'],
  owner: 'proxy',
  words: words({
    en: {
      sentence: ({ places }) => `TLS to ${en.list(places)} stands, but no HTTP answer comes.`,
      cause: () => 'A proxy or firewall holds the request back, or the service is overloaded.',
      nextStep: (p) =>
        `Compare with another server; if only ${en.here(p)} is affected, exempt ${en.list(p.places)} from the proxy.`,
    },
    ja: {
      sentence: ({ places }) => `${ja.list(places)} との TLS は確立しますが、HTTP の応答がありません。`,
      cause: () => 'プロキシまたはファイアウォールが要求を止めているか、サービスが過負荷です。',
      nextStep: (p) =>
        `ほかのサーバーと比較し、${ja.here(p)}だけの場合は ${ja.list(p.places)} をプロキシの対象から除外してください。`,
    },
  }),
  alike: { by: ({ failure }) => (failure?.code === 'timeout' ? 'silent' : 'cut'), in: 'http' },
  find: eachResult({
    applies: ({ failure }) => failure?.phase === 'http' && CUT.includes(failure.code),
    details: nothing,
  }),
});
