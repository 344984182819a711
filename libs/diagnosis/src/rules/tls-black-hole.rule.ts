import type { CheckResult } from '@mailpath/protocol';
import { reachesTls } from '../evidence/handshakes.ts';
import { distinct, type RuleContext, endpointOf } from '../look.ts';
import { ofClass } from '../observe.ts';
import { defineRule, messages } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

const stalls = ({ failure }: CheckResult): boolean => failure?.phase === 'tls' && failure.code === 'timeout';

/** A greeting in plain text came before the handshake: small packets pass. */
const greetedBefore = ({ evidence }: CheckResult): boolean => (evidence.smtp?.ehlo?.length ?? 0) > 0;

/**
 * Small packets pass and large ones do not: greetings in plain text come, and no handshake of any host gets through.
 */
export const tlsBlackHole = defineRule({
  id: 'tls.black-hole',
  items: ['X6', 'C10'],
  owner: 'network',
  words: words({
    en: {
      sentence: ({ places }) =>
        `Connections are established and small packets pass, but every TLS handshake stalls: ${en.list(places)}.`,
      cause: (p) =>
        `Large packets are lost on the path without an error (path MTU black hole): a tunnel, VPN or firewall that drops ICMP "fragmentation needed".${en.ifLocal(p, 'Other servers get through: only the path of this server is affected.')}`,
      nextStep: (p) =>
        `Try ${en.here(p)} with a smaller MTU (such as 1300); then let the network team allow ICMP type 3 code 4 (ICMPv6 type 2), or clamp the MSS on the tunnel.`,
    },
    ja: {
      sentence: ({ places }) =>
        `接続は確立し小さなパケットは通りますが、TLS ハンドシェイクがすべて止まります: ${ja.list(places)}。`,
      cause: (p) =>
        `大きなパケットが途中で通知なく失われています (パス MTU ブラック ホール)。ICMP の「フラグメント必要」を破棄するトンネル、VPN、ファイアウォールが考えられます。${ja.ifLocal(p, 'ほかのサーバーは接続できているため、このサーバーの経路上の問題です。')}`,
      nextStep: (p) =>
        `${ja.here(p)}の MTU を小さくして (例: 1300) 試してください。そのうえで、ネットワーク担当に ICMP タイプ 3 コード 4 (ICMPv6 タイプ 2) の許可、またはトンネルでの MSS 調整を依頼してください。`,
    },
  }),
  claims: ({ places }) => places.map((endpoint) => ({ claim: 'handshake-fails', endpoint })),
  find: ({ server, unexplained }: RuleContext) => {
    const handshakes = ofClass(server.results.filter(reachesTls), 'microsoft');
    const stalled = handshakes.filter((result) => unexplained.includes(result) && stalls(result));
    const places = distinct(stalled.map(endpointOf));
    if (stalled.length < handshakes.length || places.length < 2 || !stalled.some(greetedBefore)) return [];
    return [
      {
        about: 'path MTU',
        results: stalled,
        affectsWholeServer: true,
        evidence: messages(stalled),
        details: {},
      },
    ];
  },
});
