import { defineRule, eachResult, nothing } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

export const proxyUnreachable = defineRule({
  id: 'proxy.unreachable',
  items: ['X6'],
  owner: 'proxy',
  after: ['throttled', 'proxy.denies'],
  words: words<{ proxy: string }>({
    en: {
      sentence: ({ proxy }) => `The proxy ${proxy || 'that was set'} cannot be used from this server.`,
      cause: () =>
        'The proxy does not answer here, or not as a proxy does: wrong address, a firewall before it, or it is down.',
      nextStep: (p) => `Check the address of the proxy, and that ${en.here(p)} may reach it.`,
    },
    ja: {
      sentence: ({ proxy }) =>
        `このサーバーから${proxy === '' ? '設定されたプロキシ' : `プロキシ ${proxy} `}を使用できません。`,
      cause: () =>
        'プロキシが応答しないか、プロキシとして応答しません。アドレスの誤り、手前のファイアウォール、またはプロキシの停止が考えられます。',
      nextStep: (p) => `プロキシのアドレスと、${ja.here(p)}から到達できることを確認してください。`,
    },
  }),
  find: eachResult({
    applies: ({ failure }) => failure?.phase === 'proxy' && failure.code !== 'internal',
    about: ({ evidence }) => evidence.proxy?.url ?? 'proxy',
    part: nothing,
    details: ([{ evidence }]) => ({ proxy: evidence.proxy?.url ?? '' }),
  }),
});
