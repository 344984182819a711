import { distinct } from '../look.ts';
import { defineRule, eachResult, messages, nothing } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

export const proxyDenies = defineRule({
  id: 'proxy.denies',
  items: ['X6'],
  owner: 'proxy',
  confidence: 'certain',
  words: words<{ proxy: string; reply: string; signIn: boolean }>({
    en: {
      sentence: ({ proxy, places, reply }) =>
        `The proxy ${proxy} does not let this server through to ${en.list(places)}: ${reply}`,
      cause: ({ signIn }) =>
        signIn
          ? 'The proxy wants credentials that it was not given, or that it does not take.'
          : 'The proxy refuses this destination, or cannot reach it itself.',
      nextStep: (p) => `Let the proxy team allow ${en.list(p.places)} for ${en.here(p)} without sign-in.`,
    },
    ja: {
      sentence: ({ proxy, places, reply }) =>
        `プロキシ ${proxy} が、このサーバーから ${ja.list(places)} への通信を許可しません: ${reply}`,
      cause: ({ signIn }) =>
        signIn
          ? 'プロキシが認証情報を要求していますが、渡されていないか、受け入れられません。'
          : 'プロキシがこの宛先を拒否しているか、プロキシ自身が到達できません。',
      nextStep: (p) =>
        `プロキシ担当に、${ja.here(p)}から ${ja.list(p.places)} への通信を認証なしで許可するよう依頼してください。`,
    },
  }),
  find: eachResult({
    applies: ({ failure }) => failure?.phase === 'proxy' && failure.code === 'unexpected-reply',
    about: ({ evidence }) => `${evidence.proxy?.url} ${evidence.proxy?.status}`,
    part: nothing,
    details: ([{ evidence, failure }]) => ({
      proxy: evidence.proxy?.url ?? '',
      reply: evidence.proxy?.reply ?? failure?.message ?? '',
      signIn: evidence.proxy?.status === 407,
    }),
    evidence: (results) =>
      distinct([...results.map(({ evidence }) => evidence.proxy?.reply ?? ''), ...messages(results)]),
  }),
});
