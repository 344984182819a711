import type { CheckResult } from '@mailpath/protocol';
import { issuersTo, leaf, organisation, trustedAt } from '../evidence/certificates.ts';
import { isMadeHere, issuesForMicrosoft, nameIsCopied } from '../evidence/trust.ts';
import { distinct, endpointOf, type RuleContext } from '../look.ts';
import { isMicrosofts } from '../microsoft-hosts.ts';
import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

const issuerOf = (result: CheckResult): string => leaf(result)?.issuer ?? '';

const ofMicrosoft = ({ target }: CheckResult): boolean => isMicrosofts(target.host);

/**
 * One list of roots has dropped, or does not have yet, what another one holds: the root's organisation and key tell
 * whose it is, and siblings that are shown the same issuer.
 */
const isMicrosoftsRoot = (result: CheckResult, context: RuleContext): boolean => {
  const root = result.evidence.tls?.trustLists?.find((list) => list.root !== null)?.root;
  return (
    root !== undefined &&
    root !== null &&
    issuesForMicrosoft(root.subject) &&
    !nameIsCopied(result) &&
    issuersTo(context, result).every((each) => each === issuerOf(result))
  );
};

const isVouchedFor = (result: CheckResult, context: RuleContext): boolean =>
  result.evidence.tls?.anchor !== 'machine' || isMicrosoftsRoot(result, context);

const isExpected = (issuer: string, { site }: RuleContext): boolean =>
  (site.facts.expectedIssuers ?? []).some((each) =>
    organisation(issuer).toLowerCase().startsWith(each.toLowerCase()),
  );

/**
 * Interception by a CA that this machine trusts: every check is green, and only the issuer tells. By itself a new
 * issuer of Microsoft's looks the same, so alone it is no more than possible.
 */
export const tlsOtherIssuer = defineRule({
  id: 'tls.other-issuer',
  phase: 'tls',
  items: ['X6'],
  owner: ({ madeHere }) => (madeHere ? 'server-administrator' : 'proxy'),
  comparesOnly: true,
  confidence: ({ machine, usual, spread }) => {
    if (spread === 'all') return machine ? 'likely' : 'possible';
    return machine || usual.length > 0 ? 'likely' : 'possible';
  },
  words: words<{ issuer: string; usual: string[]; machine: boolean; madeHere?: boolean }>({
    en: {
      sentence: ({ places, issuer, usual }) =>
        `TLS on ${en.list(places)} is answered by ${issuer}${usual.length > 0 ? `, on siblings by ${en.list(usual)}` : ', which Microsoft is not known to use'}. The certificate is trusted here.`,
      cause: ({ machine, madeHere, witnesses }) =>
        `${machine ? 'Only a root in this machine’s own store vouches for it' : 'Its issuer is none of Microsoft’s'}: ${madeHere ? 'a program on the server itself, such as security software or a debugging proxy, inspects TLS' : 'a proxy or firewall inspects TLS on the path'}${witnesses.length > 0 ? ', and only here' : ''}. ECE’s Java has a certificate store of its own and may refuse what this machine accepts.`,
      nextStep: (p) =>
        `Exempt ${en.list(p.places)} from TLS inspection for ${en.here(p)}; Microsoft does not support inspection for these hosts.`,
    },
    ja: {
      sentence: ({ places, issuer, usual }) =>
        `${ja.list(places)} の TLS に ${issuer} の証明書が提示されます。${usual.length > 0 ? `ほかのサーバーでは ${ja.list(usual)} です。` : 'この発行者は Microsoft では知られていません。'}ここではこの証明書は信頼されています。`,
      cause: ({ machine, madeHere, witnesses }) =>
        `${machine ? 'この証明書を保証するのは、このマシン独自のストアにあるルートだけです' : '発行者が Microsoft の使用するものではありません'}。${madeHere ? 'セキュリティ ソフトウェアやデバッグ用プロキシなど、このサーバー自身のプログラムが TLS を復号しています' : '経路上のプロキシまたはファイアウォールが TLS を復号しています'}${witnesses.length > 0 ? ' (このサーバーのみ)' : ''}。ECE の Java は独自の証明書ストアを持つため、このマシンが受け入れる証明書を拒否することがあります。`,
      nextStep: (p) =>
        `${ja.here(p)}について、${ja.list(p.places)} を TLS インスペクションの対象から除外してください。Microsoft はこれらのホストのインスペクションをサポートしていません。`,
    },
  }),
  claims: ({ places, issuer }) => [{ claim: 'shown', what: 'issuer', value: issuer, endpoints: places }],
  find: (context) => {
    const odd = trustedAt(context.server).filter(
      (result) =>
        ofMicrosoft(result) &&
        !isExpected(issuerOf(result), context) &&
        !(issuesForMicrosoft(issuerOf(result)) && isVouchedFor(result, context)),
    );
    return [...Map.groupBy(odd, issuerOf)].map(([issuer, results]) => ({
      about: issuer,
      results,
      weighAs: 'warn',
      evidence: results.map(
        (result) =>
          `${endpointOf(result)}: issuer ${issuer}; root ${result.evidence.tls?.anchor ?? 'unknown'}; ${leaf(result)?.fingerprint256}`,
      ),
      details: {
        issuer,
        usual: distinct(results.flatMap((result) => issuersTo(context, result)))
          .filter((each) => each !== issuer)
          .toSorted(),
        madeHere: results.every(isMadeHere),
        machine: results.some(({ evidence }) => evidence.tls?.anchor === 'machine'),
      },
    }));
  },
});
