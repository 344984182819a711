import { certificateLines, presented, untrusted } from '../evidence/handshakes.ts';
import { defineRule, eachResult, nothing } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

export const tlsUntrusted = defineRule({
  id: 'tls.untrusted',
  items: ['X6'],
  owner: 'proxy',
  after: ['tls.expired', 'tls.other-name'],
  words: words<{ issuer: string }>({
    en: {
      sentence: ({ places, issuer }) =>
        `TLS on ${en.list(places)} is answered by a certificate that is not trusted here: issuer ${issuer}.`,
      cause: (p) =>
        `The certificate comes from ${p.issuer}, which no trusted root vouches for: most likely a proxy or firewall opens TLS on this path; or the server sends an incomplete chain.${en.ifLocal(p, 'Other servers get Microsoft’s own certificate: it is on the way of this one alone.')}`,
      nextStep: (p) => `Exempt ${en.list(p.places)} from TLS inspection for ${en.here(p)}.`,
    },
    ja: {
      sentence: ({ places, issuer }) =>
        `${ja.list(places)} の TLS に、ここでは信頼されない証明書が提示されます: 発行者 ${issuer}。`,
      cause: (p) =>
        `証明書の発行者 ${p.issuer} を保証する信頼されたルートがありません。経路上のプロキシまたはファイアウォールが TLS を復号している可能性が最も高く、そうでなければサーバーが不完全なチェーンを送信しています。${ja.ifLocal(p, '他のサーバーは Microsoft 自身の証明書を受け取っているため、このサーバーの経路だけの問題です。')}`,
      nextStep: (p) =>
        `${ja.here(p)}について、${ja.list(p.places)} を TLS インスペクションの対象から除外してください。`,
    },
  }),
  claims: ({ places }) => places.map((endpoint) => ({ claim: 'untrusted', endpoint })),
  find: eachResult({
    applies: untrusted,
    about: (result) => presented(result).issuer,
    part: nothing,
    details: ([first]) => ({ issuer: presented(first).issuer }),
    evidence: certificateLines,
  }),
});
