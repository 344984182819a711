import type { CheckResult } from '@mailpath/protocol';
import { reachesTls } from '../evidence/handshakes.ts';
import { distinct, type RuleContext, endpointOf } from '../look.ts';
import { classOf, ofClass } from '../observe.ts';
import { defineRule, eachResult, endpointPart } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

const isCut = ({ failure }: CheckResult): boolean =>
  failure?.phase === 'tls' && ['reset', 'closed', 'timeout'].includes(failure.code);

/** Where no handshake at all gets through, it is no matter of one place. */
const whereCut = (result: CheckResult, { server }: RuleContext): string => {
  const handshakes = ofClass(server.results.filter(reachesTls), classOf(result));
  const places = distinct(handshakes.map(endpointOf));
  return places.length > 1 && handshakes.every(isCut) ? 'every handshake' : endpointOf(result);
};

export const tlsCut = defineRule({
  id: 'tls.cut',
  items: ['X6'],
  owner: 'network',
  after: ['tls.black-hole'],
  words: words<{ silent: boolean }>({
    en: {
      sentence: ({ places, silent }) =>
        `TCP to ${en.list(places)} opens, then the TLS handshake ${silent ? 'gets no answer' : 'is cut off'}.`,
      cause: ({ silent }) =>
        silent
          ? 'A device on the path drops the handshake: a firewall that filters TLS by name, or large packets that get lost (path MTU).'
          : 'A device on the path cuts the handshake: a firewall or proxy that filters TLS by name or version.',
      nextStep: (p) =>
        `Let the firewall team look at its log for ${en.list(p.places)} from ${en.here(p)}; test with a smaller MTU when the handshake stalls.`,
    },
    ja: {
      sentence: ({ places, silent }) =>
        `${ja.list(places)} への TCP 接続は開きますが、TLS ハンドシェイク${silent ? 'に応答がありません' : 'が切断されます'}。`,
      cause: ({ silent }) =>
        silent
          ? '途中の機器がハンドシェイクを破棄しています。名前で TLS を制限するファイアウォール、または大きなパケットの損失 (パス MTU) が考えられます。'
          : '途中の機器がハンドシェイクを切断しています。名前またはバージョンで TLS を制限するファイアウォールやプロキシが考えられます。',
      nextStep: (p) =>
        `ファイアウォール担当に、${ja.here(p)}から ${ja.list(p.places)} への通信のログの確認を依頼してください。ハンドシェイクが止まる場合は、MTU を小さくして試してください。`,
    },
  }),
  claims: ({ places }) => places.map((endpoint) => ({ claim: 'handshake-fails', endpoint })),
  alike: { by: ({ failure }) => (failure?.code === 'timeout' ? 'silent' : 'cut'), in: 'tls' },
  find: eachResult({
    applies: isCut,
    about: whereCut,
    part: (result, context) => (whereCut(result, context) === endpointOf(result) ? endpointPart(result) : {}),
    details: ([first]) => ({ silent: first.failure?.code === 'timeout' }),
  }),
});
