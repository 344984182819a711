import { certificateLines, presented } from '../evidence/handshakes.ts';
import { distrustOf, listLines, rootOf, isTrustedBySiblings } from '../evidence/trust.ts';
import { distinct, type RuleContext } from '../look.ts';
import { defineRule, eachResult, nothing } from '../rule.ts';
import { issuersTo } from '../evidence/certificates.ts';
import type { CheckResult } from '@mailpath/protocol';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

/** Siblings are shown another issuer at the same place: then the name alone may have been copied. */
const othersDiffer = (result: CheckResult, context: RuleContext): boolean =>
  issuersTo(context, result).length > 0 && !isTrustedBySiblings(result, context);

interface Details {
  root: string;
  issuer: string;
  lists: string[];
  trusted: boolean;
  differs: boolean;
}

/** The chain ends as it should, and this machine does not hold the root: a gap of its store, not interception. */
export const tlsMissingRoot = defineRule({
  id: 'tls.missing-root',
  items: ['X6'],
  owner: 'server-administrator',
  confidence: ({ differs }) => (differs ? 'possible' : 'likely'),
  after: ['tls.expired', 'tls.other-name', 'tls.weak', 'tls.missing-intermediate'],
  words: words<Details>({
    en: {
      sentence: ({ places, root, lists }) =>
        `The certificate on ${en.list(places)} leads to the root ${root}, which ${lists.length > 0 ? `is in none of the lists of this machine (${en.list(lists)})` : 'no list of this machine holds'}.`,
      cause: ({ issuer, trusted, differs }) =>
        `${trusted ? `Siblings trust the same issuer, ${issuer}: the root is missing only here` : `It is issued as it should be, by ${issuer}`}: this machine's store is minimal, old or not kept up to date.${differs ? ' Siblings are shown another issuer, so an interception that copies the name is possible as well.' : ' That an interception copies the name is possible and less likely.'}`,
      nextStep: (p) =>
        `Install or update the trusted roots of ${en.here(p)} so that they hold ${p.root}; look for it in ECE's Java store as well.`,
    },
    ja: {
      sentence: ({ places, root, lists }) =>
        `${ja.list(places)} の証明書はルート ${root} に至りますが、${lists.length > 0 ? `このマシンのどの一覧 (${ja.list(lists)}) にもありません` : 'このマシンのどの一覧にもありません'}。`,
      cause: ({ issuer, trusted, differs }) =>
        `${trusted ? `ほかのサーバーは同じ発行者 ${issuer} を信頼しており、ルートがないのはここだけです` : `発行者は正規の ${issuer} です`}。このマシンのストアが最小構成か、古いか、更新されていません。${differs ? 'ほかのサーバーには別の発行者が提示されるため、名前を模倣したインスペクションの可能性もあります。' : '名前を模倣したインスペクションの可能性もありますが、低いです。'}`,
      nextStep: (p) =>
        `${ja.here(p)}の信頼されたルートに ${p.root} が含まれるよう、インストールまたは更新してください。ECE の Java のストアにもあるか確認してください。`,
    },
  }),
  claims: ({ places }) => places.map((endpoint) => ({ claim: 'root-unknown', endpoint })),
  find: eachResult({
    applies: (result, context) => distrustOf(result, context) === 'missing-root',
    about: (result) => rootOf(result)?.subject ?? presented(result).issuer,
    part: nothing,
    details: ([first], context) => ({
      root: rootOf(first)?.subject ?? presented(first).issuer,
      issuer: presented(first).issuer,
      lists: distinct(
        (first.evidence.tls?.trustLists ?? []).flatMap(({ name, error }) => (error === null ? [name] : [])),
      ),
      trusted: isTrustedBySiblings(first, context),
      differs: othersDiffer(first, context),
    }),
    evidence: (results) => [...certificateLines(results), ...listLines(results)],
  }),
});
