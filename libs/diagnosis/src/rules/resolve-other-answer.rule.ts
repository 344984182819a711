import type { CheckResult } from '@mailpath/protocol';
import { portsOf } from '../evidence/connects.ts';
import { resolverLines } from '../evidence/name-lookups.ts';
import { distinct, getsThrough, type RuleContext, siblings } from '../look.ts';
import { ofClass } from '../observe.ts';
import { defineRule, eachResult, hostPart } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

const addressesOf = ({ evidence }: CheckResult): readonly string[] => evidence.dns?.addresses ?? [];

const resolversOf = (results: readonly CheckResult[]): string[] =>
  distinct(
    // A name inside the network may be sent to a resolver of its own.
    ofClass(results, 'microsoft').flatMap(({ evidence }) =>
      (evidence.dns?.resolvers ?? []).map(({ server }) => server),
    ),
  );

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

const sharesResolver = (context: RuleContext): boolean => {
  const theirs = resolversOf(siblings(context).flatMap(({ results }) => results));
  return resolversOf(context.server.results).some((server) => theirs.includes(server));
};

/** However each port shows it: silent, without a route, refused. */
function nothingComesUp({ target }: CheckResult, { server }: RuleContext): boolean {
  const own = server.results.filter((each) => each.target.host === target.host && each.outcome !== 'skipped');
  return portsOf(own).length > 1 && own.every(({ failure }) => failure?.phase === 'connect');
}

export const resolveOtherAnswer = defineRule({
  id: 'resolve.other-answer',
  items: ['C9'],
  phase: 'resolve',
  owner: 'dns',
  confidence: ({ same }) => (same ? 'possible' : 'likely'),
  words: words<{ addresses: string[]; others: string[]; resolvers: string[]; same?: boolean }>({
    en: {
      sentence: ({ hosts, addresses, others }) =>
        `${en.list(hosts)} leads to ${en.list(addresses)} here, which nobody reaches; siblings get ${en.list(others)} and get through.`,
      cause: ({ resolvers, same }) =>
        same
          ? `The DNS server (${en.list(resolvers)}) gives this server another answer than its siblings, or this server keeps an old one: an address that is no longer in use. Only if that address serves others is it a firewall that knows it not.`
          : `This server asks other DNS servers (${en.list(resolvers)}) than its siblings, and their answer leads to a place that does not answer: a split or stale zone.`,
      nextStep: (p) =>
        p.same
          ? `Clear the DNS cache of ${en.here(p)} (ipconfig /flushdns, resolvectl flush-caches) and of ${en.list(p.resolvers)}, and look up ${en.list(p.hosts)} again.`
          : `Let ${en.here(p)} use the DNS servers of its siblings, or correct what ${en.list(p.resolvers)} say of ${en.list(p.hosts)}.`,
    },
    ja: {
      sentence: ({ hosts, addresses, others }) =>
        `ここでは ${ja.list(hosts)} が ${ja.list(addresses)} に解決され、どのサーバーからも到達できません。ほかのサーバーは ${ja.list(others)} を得て接続できています。`,
      cause: ({ resolvers, same }) =>
        same
          ? `DNS サーバー (${ja.list(resolvers)}) がこのサーバーに他と異なる応答を返しているか、このサーバーが古い応答を保持しています。使われなくなったアドレスと考えられます。そのアドレスが他で使用できる場合に限り、アドレスを許可していないファイアウォールが原因です。`
          : `このサーバーはほかのサーバーと異なる DNS サーバー (${ja.list(resolvers)}) に問い合わせており、その応答先が反応しません。スプリット DNS または古いゾーンが考えられます。`,
      nextStep: (p) =>
        p.same
          ? `${ja.here(p)}と ${ja.list(p.resolvers)} の DNS キャッシュを消去し (ipconfig /flushdns、resolvectl flush-caches)、${ja.list(p.hosts)} をもう一度検索してください。`
          : `${ja.here(p)}にほかのサーバーと同じ DNS サーバーを設定するか、${ja.list(p.resolvers)} が返す ${ja.list(p.hosts)} の内容を修正してください。`,
    },
  }),
  claims: ({ hosts, addresses }) => hosts.map((host) => ({ claim: 'leads-to', host, addresses })),
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
        // Another answer of the same resolver is as usual as it is stale: then nothing behind the name may come up, on
        // several ports.
        (!resolvers.some((server) => theirs.includes(server)) || nothingComesUp(result, context)) &&
        !anyReached(result, context)
      );
    },
    about: ({ target }) => target.host,
    part: hostPart,
    details: ([first, ...more], context) => ({
      addresses: distinct([first, ...more].flatMap(addressesOf)),
      others: leadsSiblings(first, context),
      resolvers: resolversOf(context.server.results),
      ...(sharesResolver(context) ? { same: true } : {}),
    }),
    evidence: resolverLines,
  }),
});
