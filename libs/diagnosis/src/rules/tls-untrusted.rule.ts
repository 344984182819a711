import { isSitesOwn } from '../evidence/certificates.ts';
import { certificateLines, presented, untrusted } from '../evidence/handshakes.ts';
import { type Distrust, distrustOf, isMadeHere, issuesForMicrosoft, listLines } from '../evidence/trust.ts';
import { isMicrosofts } from '../microsoft-hosts.ts';
import { defineRule, eachResult, nothing } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

interface Details {
  issuer: string;
  distrust: string;
  /** Absent in what an older version stored, which knew no other reason than an unknown root. */
  why?: Distrust;
  /** At one of Microsoft's hosts, from an authority that does not issue for them. */
  foreign?: boolean;
  /** A program on the server itself made it. */
  madeHere?: boolean;
  /** The place is one that the site runs itself, and the certificate may well be the one that belongs there. */
  sitesOwn?: boolean;
}

/** Nobody here knows who signed it, and it stands where the site may have signed it itself. */
const isOwnRoot = ({ sitesOwn, madeHere, why }: Details): boolean =>
  sitesOwn === true && madeHere !== true && why === 'unknown-root';

export const tlsUntrusted = defineRule({
  id: 'tls.untrusted',
  items: ['X6'],
  owner: (p) => (p.madeHere || p.sitesOwn ? 'server-administrator' : 'proxy'),
  confidence: ({ why, foreign }) => (why === 'other' && !foreign ? 'possible' : 'likely'),
  after: ['tls.expired', 'tls.other-name', 'tls.weak', 'tls.missing-intermediate', 'tls.missing-root'],
  words: words<Details>({
    en: {
      sentence: ({ places, issuer, distrust, why }) =>
        why === 'other'
          ? `TLS on ${en.list(places)} is answered by a certificate that is refused here (${distrust}): issuer ${issuer}.`
          : `TLS on ${en.list(places)} is answered by a certificate that is not trusted here: issuer ${issuer}.`,
      cause: (p) => {
        if (p.why === 'other' && p.foreign)
          return `The certificate comes from ${p.issuer}, which is none of Microsoft's: a proxy or firewall inspects TLS on this path. The TLS library refuses it for a reason of its own (${p.distrust}), such as a signature or key that is too weak; that its root is unknown is not what it says.`;
        if (p.why === 'other')
          return `The TLS library refuses it for a reason of its own (${p.distrust}); that its root is unknown is not what it says. Who presents it, Microsoft or a device on the path, is told by the issuer.`;
        const last = en.ifLocal(
          p,
          'Other servers get Microsoft’s own certificate: only the path of this server is affected.',
        );
        if (p.madeHere)
          return `The certificate comes from ${p.issuer}: a program on the server itself inspects TLS, such as security software or a debugging proxy.${last}`;
        if (isOwnRoot(p))
          return `The certificate comes from ${p.issuer}, whose root this machine does not hold. The place is none of Microsoft's, so an authority of the organization may have issued it, or the web server itself.`;
        if (p.why === 'copied-name')
          return `The certificate comes from ${p.issuer}, under a root that has the name of a known one and another key: a proxy or firewall inspects TLS on this path and copies names.${last}`;
        return `The certificate comes from ${p.issuer}, which no trusted root vouches for: most likely a proxy or firewall inspects TLS on this path; or the server sends an incomplete chain.${last}`;
      },
      nextStep: (p) => {
        if (p.why === 'other' && !p.foreign)
          return `Read the certificate on ${en.list(p.places)} from ${en.here(p)} (openssl s_client -showcerts) and compare it with that of a server that works.`;
        if (isOwnRoot(p))
          return `If ${p.issuer} is an authority of the organization, add its root to the trusted roots of ${en.here(p)}; else let the administrator of ${en.list(p.places)} say which certificate belongs there.`;
        return p.madeHere
          ? `Exempt ${en.list(p.places)} in the software on ${en.here(p)} that inspects TLS, or switch its inspection off.`
          : `Exempt ${en.list(p.places)} from TLS inspection for ${en.here(p)}.`;
      },
    },
    ja: {
      sentence: ({ places, issuer, distrust, why }) =>
        why === 'other'
          ? `${ja.list(places)} の TLS に、ここで拒否される証明書 (${distrust}) が提示されます: 発行者 ${issuer}。`
          : `${ja.list(places)} の TLS に、ここでは信頼されない証明書が提示されます: 発行者 ${issuer}。`,
      cause: (p) => {
        if (p.why === 'other' && p.foreign)
          return `証明書の発行者 ${p.issuer} は Microsoft のものではなく、経路上のプロキシまたはファイアウォールが TLS を復号しています。TLS ライブラリが独自の理由 (${p.distrust}) で拒否しており、署名または鍵が弱い場合などが該当します。ルートが不明という意味ではありません。`;
        if (p.why === 'other')
          return `TLS ライブラリが独自の理由 (${p.distrust}) で拒否しています。ルートが不明という意味ではありません。提示しているのが Microsoft か経路上の機器かは、発行者から判断できます。`;
        const last = ja.ifLocal(
          p,
          'ほかのサーバーは Microsoft 自身の証明書を受け取っているため、このサーバーの経路だけの問題です。',
        );
        if (p.madeHere)
          return `証明書の発行者は ${p.issuer} です。セキュリティ ソフトウェアやデバッグ用プロキシなど、このサーバー自身のプログラムが TLS を復号しています。${last}`;
        if (isOwnRoot(p))
          return `証明書の発行者 ${p.issuer} のルートはこのマシンにありません。この接続先は Microsoft のものではないため、組織の認証局または Web サーバー自身が発行した可能性があります。`;
        if (p.why === 'copied-name')
          return `証明書の発行者は ${p.issuer} です。ルートは既知の名前を持ちますが鍵が異なるため、経路上のプロキシまたはファイアウォールが名前を模倣して TLS を復号しています。${last}`;
        return `証明書の発行者 ${p.issuer} を保証する信頼されたルートがありません。経路上のプロキシまたはファイアウォールが TLS を復号している可能性が最も高く、そうでなければサーバーが不完全なチェーンを送信しています。${last}`;
      },
      nextStep: (p) => {
        if (p.why === 'other' && !p.foreign)
          return `${ja.here(p)}から ${ja.list(p.places)} の証明書を読み取り (openssl s_client -showcerts)、正常なサーバーのものと比較してください。`;
        if (isOwnRoot(p))
          return `${p.issuer} が組織の認証局であれば、そのルートを${ja.here(p)}の信頼されたルートに追加してください。そうでなければ、${ja.list(p.places)} の担当に、どの証明書が正しいかを確認してください。`;
        return p.madeHere
          ? `${ja.here(p)}上で TLS を復号するソフトウェアで ${ja.list(p.places)} を除外するか、インスペクションを無効にしてください。`
          : `${ja.here(p)}について、${ja.list(p.places)} を TLS インスペクションの対象から除外してください。`;
      },
    },
  }),
  claims: ({ places, why }) =>
    places.map((endpoint) => ({ claim: why === 'other' ? 'untrusted' : 'root-unknown', endpoint })),
  find: eachResult({
    applies: untrusted,
    about: (result) => presented(result).issuer,
    part: nothing,
    details: ([first], context) => ({
      issuer: presented(first).issuer,
      distrust: presented(first).distrust,
      why: distrustOf(first, context) ?? 'unknown-root',
      madeHere: isMadeHere(first),
      sitesOwn: isSitesOwn(first, context),
      foreign:
        isMicrosofts(first.target.host) &&
        first.evidence.tls !== undefined &&
        !issuesForMicrosoft(presented(first).issuer),
    }),
    evidence: (results) => [...certificateLines(results), ...listLines(results)],
  }),
});
