import type { CheckResult } from '@mailpath/protocol';
import { portsOf } from '../evidence/connects.ts';
import { resolverLines } from '../evidence/name-lookups.ts';
import { censusOf } from '../census.ts';
import { kept } from '../kept.ts';
import { distinct, getsThrough, type RuleContext, type ServerView, type SiteView } from '../look.ts';
import { ofClass } from '../observe.ts';
import { defineRule, eachResult, hostPart } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

const addressesOf = ({ evidence }: CheckResult): readonly string[] => evidence.dns?.addresses ?? [];

// A name inside the network may be sent to a resolver of its own.
const askedFor = (results: readonly CheckResult[]): string[] =>
  ofClass(results, 'microsoft').flatMap(({ evidence }) =>
    (evidence.dns?.resolvers ?? []).map(({ server }) => server),
  );

const resolversOf = kept(({ results }: ServerView): readonly string[] => distinct(askedFor(results)));

const resolversAsked = censusOf<string>((result) =>
  askedFor([result]).map((server) => ['', server] as const),
);

/** What siblings ask, each once. */
const resolversOfSiblings = (context: RuleContext): ReadonlyMap<string, number> =>
  resolversAsked(context, '');

const leadThrough = censusOf<string>((result) =>
  getsThrough(result) ? addressesOf(result).map((address) => [result.target.host, address] as const) : [],
);

/** Answers to the same question that lead siblings through; different addresses alone are as it should be. */
const leadsSiblings = ({ target }: CheckResult, context: RuleContext): string[] => [
  ...leadThrough(context, target.host).keys(),
];

const reachedIn = kept(
  ({ servers }: SiteView): ReadonlySet<string> =>
    new Set(
      servers.flatMap(({ results }) =>
        results.flatMap(({ evidence }) =>
          (evidence.connect?.attempts ?? []).flatMap(({ outcome, address }) =>
            outcome === 'reached' ? [address] : [],
          ),
        ),
      ),
    ),
);

/** Whether an address of this result is known to be good: reached on any port by any server of the site. */
const anyReached = (result: CheckResult, { site }: RuleContext): boolean =>
  addressesOf(result).some((address) => reachedIn(site).has(address));

const sharesResolver = (context: RuleContext): boolean =>
  resolversOf(context.server).some((server) => resolversOfSiblings(context).has(server));

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
          ? `DNS サーバー (${ja.list(resolvers)}) がこのサーバーにほかと異なる応答を返しているか、このサーバーが古い応答を保持しています。使われなくなったアドレスと考えられます。そのアドレスがほかで使用できる場合に限り、アドレスを許可していないファイアウォールが原因です。`
          : `このサーバーはほかのサーバーと異なる DNS サーバー (${ja.list(resolvers)}) に問い合わせており、応答で得たアドレスに接続できません。スプリット DNS または古いゾーンが考えられます。`,
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
      if (result.failure?.phase !== 'connect' || own.length === 0) return false;
      const others = leadsSiblings(result, context);
      const theirs = resolversOfSiblings(context);
      return (
        others.length > 0 &&
        !own.some((address) => others.includes(address)) &&
        resolversOf(context.server).length > 0 &&
        theirs.size > 0 &&
        // Another answer of the same resolver is as usual as it is stale: then nothing behind the name may come up, on
        // several ports.
        (!sharesResolver(context) || nothingComesUp(result, context)) &&
        !anyReached(result, context)
      );
    },
    about: ({ target }) => target.host,
    part: hostPart,
    details: ([first, ...more], context) => ({
      addresses: distinct([first, ...more].flatMap(addressesOf)),
      others: leadsSiblings(first, context),
      resolvers: [...resolversOf(context.server)],
      ...(sharesResolver(context) ? { same: true } : {}),
    }),
    evidence: resolverLines,
  }),
});
