import type { CheckResult } from '@mailpath/protocol';
import { resolverLines } from '../evidence/name-lookups.ts';
import { distinct, getsThrough, type RuleContext, siblings } from '../look.ts';
import { defineRule, eachResult, hostPart } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

const addressesOf = ({ evidence }: CheckResult): readonly string[] => evidence.dns?.addresses ?? [];

const resolversOf = (results: readonly CheckResult[]): string[] =>
  distinct(results.flatMap(({ evidence }) => (evidence.dns?.resolvers ?? []).map(({ server }) => server)));

/** Answers to the same question that lead siblings through; different addresses alone are as it should be. */
function leadsSiblings({ target }: CheckResult, context: RuleContext): string[] {
  const through = siblings(context).flatMap(({ results }) =>
    results.filter((other) => getsThrough(other) && other.target.host === target.host),
  );
  return distinct(through.flatMap(addressesOf));
}

/** Whether an address of this result is known to be good: reached on any port by any server of the site. */
function anyReached(result: CheckResult, { site }: RuleContext): boolean {
  const reached = site.servers.flatMap(({ results }) =>
    results.flatMap(({ evidence }) =>
      (evidence.connect?.attempts ?? []).filter(({ outcome }) => outcome === 'reached'),
    ),
  );
  return addressesOf(result).some((address) => reached.some((attempt) => attempt.address === address));
}

export const resolveOtherAnswer = defineRule({
  id: 'resolve.other-answer',
  items: ['C9'],
  owner: 'dns',
  words: words<{ addresses: string[]; others: string[]; resolvers: string[] }>({
    en: {
      sentence: ({ hosts, addresses, others }) =>
        `${en.list(hosts)} leads to ${en.list(addresses)} here, which nobody reaches; siblings get ${en.list(others)} and get through.`,
      cause: ({ resolvers }) =>
        `This server asks other DNS servers (${en.list(resolvers)}) than its siblings, and their answer leads to a place that does not answer: a split or stale zone.`,
      nextStep: (p) =>
        `Let ${en.here(p)} use the DNS servers of its siblings, or correct what ${en.list(p.resolvers)} say of ${en.list(p.hosts)}.`,
    },
    ja: {
      sentence: ({ hosts, addresses, others }) =>
        `ここでは ${ja.list(hosts)} が ${ja.list(addresses)} に解決され、どのサーバーからも到達できません。他のサーバーは ${ja.list(others)} を得て接続できています。`,
      cause: ({ resolvers }) =>
        `このサーバーは他のサーバーと異なる DNS サーバー (${ja.list(resolvers)}) に問い合わせており、その応答先が反応しません。スプリット DNS または古いゾーンが考えられます。`,
      nextStep: (p) =>
        `${ja.here(p)}に他のサーバーと同じ DNS サーバーを設定するか、${ja.list(p.resolvers)} が返す ${ja.list(p.hosts)} の内容を修正してください。`,
    },
  }),
  find: eachResult({
    applies: (result, context) => {
      const own = addressesOf(result);
      // All siblings are gone through next: only for what it could be said of.
      if (result.failure?.phase !== 'connect' || own.length === 0) return false;
      const others = leadsSiblings(result, context);
      const resolvers = resolversOf(context.server.results);
      const theirs = resolversOf(siblings(context).flatMap(({ results }) => results));
      return (
        others.length > 0 &&
        !own.some((address) => others.includes(address)) &&
        resolvers.length > 0 &&
        theirs.length > 0 &&
        !resolvers.some((server) => theirs.includes(server)) &&
        !anyReached(result, context)
      );
    },
    about: ({ target }) => target.host,
    part: hostPart,
    details: ([first, ...more], context) => ({
      addresses: distinct([first, ...more].flatMap(addressesOf)),
      others: leadsSiblings(first, context),
      resolvers: resolversOf(context.server.results),
    }),
    evidence: resolverLines,
  }),
});
