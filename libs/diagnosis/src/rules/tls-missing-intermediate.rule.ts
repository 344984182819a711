import { certificateLines, presented } from '../evidence/handshakes.ts';
import { distrustOf, listLines, isTrustedBySiblings } from '../evidence/trust.ts';
import { isMicrosofts } from '../microsoft-hosts.ts';
import { defineRule, eachResult, nothing } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

interface Details {
  issuer: string;
  from: string[];
  microsoft: boolean;
  /** Siblings are sent the whole chain of the same issuer. */
  whole: boolean;
}

/** The issuer is one that everybody knows, or siblings trust, and was not sent: no sign of anybody who opens TLS. */
export const tlsMissingIntermediate = defineRule({
  id: 'tls.missing-intermediate',
  items: ['X6'],
  owner: ({ microsoft }) => (microsoft ? 'proxy' : 'server-administrator'),
  confidence: ({ whole }) => (whole ? 'likely' : 'possible'),
  after: ['tls.expired', 'tls.other-name', 'tls.weak'],
  words: words<Details>({
    en: {
      sentence: ({ places, issuer }) =>
        `${en.list(places)} sends its certificate without that of the issuer, ${issuer}, so the chain does not come to a root.`,
      cause: ({ microsoft, whole }) =>
        `${microsoft ? 'The certificate is issued as Microsoft’s are, and Microsoft sends the whole chain: a load balancer or proxy on the path presents it and leaves the intermediate out' : 'The web server is set up without the intermediate certificate'}.${whole ? ' Siblings are sent the whole chain.' : ''} Browsers often fill the gap by themselves; Java does not.`,
      nextStep: ({ places, issuer, from }) =>
        `Let the administrator of ${en.list(places)}, or the device that answers for it, add the intermediate ${issuer}${from.length > 0 ? ` (from ${en.list(from)})` : ''} to the chain that is sent.`,
    },
    ja: {
      sentence: ({ places, issuer }) =>
        `${ja.list(places)} は発行者 ${issuer} の証明書を送らないため、チェーンがルートに至りません。`,
      cause: ({ microsoft, whole }) =>
        `${microsoft ? '証明書は Microsoft と同じ発行者のもので、Microsoft は完全なチェーンを送信します。経路上のロード バランサーまたはプロキシが中間証明書を付けずに提示しています' : 'Web サーバーに中間証明書が設定されていません'}。${whole ? 'ほかのサーバーは完全なチェーンを受け取っています。' : ''}ブラウザーは不足を自動的に補うことがありますが、Java は補いません。`,
      nextStep: ({ places, issuer, from }) =>
        `${ja.list(places)}、または代わりに応答する機器の担当に、送信するチェーンへの中間証明書 ${issuer}${from.length > 0 ? ` (${ja.list(from)})` : ''} の追加を依頼してください。`,
    },
  }),
  claims: ({ places }) => places.map((endpoint) => ({ claim: 'untrusted', endpoint })),
  find: eachResult({
    applies: (result, context) => distrustOf(result, context) === 'missing-intermediate',
    about: (result) => presented(result).issuer,
    part: nothing,
    details: ([first], context) => ({
      issuer: first.evidence.tls?.missingIssuer?.subject ?? presented(first).issuer,
      from: first.evidence.tls?.missingIssuer?.caIssuers ?? [],
      microsoft: isMicrosofts(first.target.host),
      whole: isTrustedBySiblings(first, context),
    }),
    evidence: (results) => [...certificateLines(results), ...listLines(results)],
  }),
});
