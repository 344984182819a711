import type { FailureCode } from '@mailpath/protocol';
import { defineRule, eachResult, nothing } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

/** How nothing came of the connection to the proxy itself. */
type How = 'name' | 'refused' | 'silent' | 'cut' | 'other';

const HOW: Readonly<Partial<Record<FailureCode, How>>> = {
  'not-found': 'name',
  'resolver-failed': 'name',
  refused: 'refused',
  timeout: 'silent',
  unreachable: 'silent',
  reset: 'cut',
  closed: 'cut',
};

export const proxyUnreachable = defineRule({
  id: 'proxy.unreachable',
  items: ['X6'],
  owner: ({ how }) => (how === 'name' ? 'dns' : 'proxy'),
  after: ['throttled', 'proxy.denies'],
  words: words<{ proxy: string; how?: How }>({
    en: {
      sentence: ({ proxy }) => `The proxy ${proxy || 'that was set'} cannot be used from this server.`,
      cause: ({ how = 'other' }) =>
        ({
          name: 'The name of the proxy leads to no address here, so nothing was sent to it: a mistyped name, or a DNS server that does not know it.',
          refused: 'At the address of the proxy nothing listens on its port: wrong port, or it is down.',
          silent: 'The proxy does not answer here: wrong address, a firewall before it, or it is down.',
          cut: 'The proxy ends the connection without an answer: it does not serve this server, or it is no proxy of this kind.',
          other:
            'The proxy does not answer here, or not as a proxy does: wrong address, a firewall before it, or it is down.',
        })[how],
      nextStep: (p) =>
        p.how === 'name'
          ? `Look up the name of the proxy on ${en.here(p)}, and correct the setting or the DNS.`
          : `Check the address of the proxy, and that ${en.here(p)} may reach it.`,
    },
    ja: {
      sentence: ({ proxy }) =>
        `このサーバーから${proxy === '' ? '設定されたプロキシ' : `プロキシ ${proxy} `}を使用できません。`,
      cause: ({ how = 'other' }) =>
        ({
          name: 'プロキシの名前からアドレスが得られないため、何も送信されていません。名前の誤り、または DNS サーバーに登録がないことが考えられます。',
          refused:
            'プロキシのアドレスで、そのポートが待ち受けていません。ポートの誤り、またはプロキシの停止が考えられます。',
          silent:
            'プロキシが応答しません。アドレスの誤り、手前のファイアウォール、またはプロキシの停止が考えられます。',
          cut: 'プロキシが応答せずに接続を終了します。このサーバーを対象としていないか、この種類のプロキシではありません。',
          other:
            'プロキシが応答しないか、プロキシとして応答しません。アドレスの誤り、手前のファイアウォール、またはプロキシの停止が考えられます。',
        })[how],
      nextStep: (p) =>
        p.how === 'name'
          ? `${ja.here(p)}でプロキシの名前を検索し、設定または DNS を修正してください。`
          : `プロキシのアドレスと、${ja.here(p)}から到達できることを確認してください。`,
    },
  }),
  find: eachResult({
    applies: ({ failure }) => failure?.phase === 'proxy' && failure.code !== 'internal',
    about: ({ evidence }) => evidence.proxy?.url ?? 'proxy',
    part: nothing,
    details: ([{ evidence, failure }]) => ({
      proxy: evidence.proxy?.url ?? '',
      how: HOW[failure?.code ?? 'internal'] ?? 'other',
    }),
  }),
});
