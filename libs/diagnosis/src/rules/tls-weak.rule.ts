import type { CheckResult } from '@mailpath/protocol';
import { isSitesOwn } from '../evidence/certificates.ts';
import { certificateLines, presented } from '../evidence/handshakes.ts';
import { distrustOf, listLines, weaknesses } from '../evidence/trust.ts';
import { defineRule, eachResult, nothing } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

const EN: Readonly<Record<string, string>> = {
  'md5-signature': 'its signature is MD5',
  'sha1-signature': 'its signature is SHA-1',
  'rsa-below-2048': 'its RSA key has less than 2048 bits',
  'ec-below-224': 'its elliptic curve key has less than 224 bits',
};
const JA: Readonly<Record<string, string>> = {
  'md5-signature': '署名が MD5 です',
  'sha1-signature': '署名が SHA-1 です',
  'rsa-below-2048': 'RSA 鍵が 2048 ビット未満です',
  'ec-below-224': '楕円曲線の鍵が 224 ビット未満です',
};

const keys = (results: readonly CheckResult[]): string[] =>
  results.flatMap(({ evidence }) =>
    (evidence.tls?.chain ?? [])
      .filter(({ weak = [] }) => weak.length > 0)
      .map(
        ({ subject, signatureAlgorithm = '?', keyType = '?', keyBits = '?' }) =>
          `${subject}: ${signatureAlgorithm}, ${keyType} ${keyBits}`,
      ),
  );

/** Refused for what it is made of: that is no matter of who vouches for it. */
export const tlsWeak = defineRule({
  id: 'tls.weak',
  items: ['X6'],
  owner: ({ sitesOwn }) => (sitesOwn ? 'server-administrator' : 'proxy'),
  after: ['tls.expired', 'tls.other-name'],
  words: words<{ issuer: string; weak: string[]; distrust: string; vouched: boolean; sitesOwn?: boolean }>({
    en: {
      sentence: ({ places, issuer, weak, distrust }) =>
        `The certificate on ${en.list(places)} from ${issuer} is too weak for TLS libraries of today: ${weak.length > 0 ? en.list(weak.map((each) => EN[each] ?? each)) : distrust}.`,
      cause: ({ vouched, sitesOwn }) =>
        `${sitesOwn ? "The site's own web server, or a device in front of it, shows a certificate that was made with settings of years ago." : "Microsoft's certificates are stronger, so a device that inspects TLS on the path made this one, with settings of years ago."}${vouched ? ' Its root is trusted on this machine: trust is not what is missing.' : ''}`,
      nextStep: (p) =>
        p.sitesOwn
          ? `Let the administrator of ${en.list(p.places)} replace the certificate, and those above it, by ones with SHA-256 and keys of at least 2048 bits.`
          : `Exempt ${en.list(p.places)} from TLS inspection for ${en.here(p)}; until then let the device sign with SHA-256 and keys of 2048 bits.`,
    },
    ja: {
      sentence: ({ places, issuer, weak, distrust }) =>
        `${ja.list(places)} に提示される ${issuer} の証明書は、現在の TLS ライブラリには弱すぎます: ${weak.length > 0 ? ja.list(weak.map((each) => JA[each] ?? each)) : distrust}。`,
      cause: ({ vouched, sitesOwn }) =>
        `${sitesOwn ? 'サイト自身の Web サーバー、またはその前段の機器が、古い設定で作成された証明書を提示しています。' : 'Microsoft の証明書はより強力です。経路上で TLS を復号する機器が、古い設定でこの証明書を作成しています。'}${vouched ? 'ルートはこのマシンで信頼されており、信頼の不足が原因ではありません。' : ''}`,
      nextStep: (p) =>
        p.sitesOwn
          ? `${ja.list(p.places)} の担当に、証明書とその上位の証明書を SHA-256 と 2048 ビット以上の鍵のものに替えるよう依頼してください。`
          : `${ja.here(p)}について、${ja.list(p.places)} を TLS インスペクションの対象から除外してください。それまでは、機器に SHA-256 と 2048 ビットの鍵で署名させてください。`,
    },
  }),
  claims: ({ places }) => places.map((endpoint) => ({ claim: 'untrusted', endpoint })),
  find: eachResult({
    applies: (result, context) => distrustOf(result, context) === 'weak',
    about: (result) => presented(result).issuer,
    part: nothing,
    details: ([first, ...more], context) => ({
      issuer: presented(first).issuer,
      sitesOwn: isSitesOwn(first, context),
      distrust: presented(first).distrust,
      weak: [...new Set([first, ...more].flatMap(weaknesses))],
      vouched: (first.evidence.tls?.trustLists ?? []).some(({ root }) => root && root.match !== 'subject'),
    }),
    evidence: (results) => [...certificateLines(results), ...keys(results), ...listLines(results)],
  }),
});
