import type { CheckResult } from '@mailpath/protocol';
import { censusOfServers, leading } from '../census.ts';
import { kept } from '../kept.ts';
import { distinct, getsThrough, type RuleContext, type ServerView, siblings } from '../look.ts';
import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

const helloOf = ({ evidence }: CheckResult): string | null => evidence.smtp?.helloAddress ?? null;

/** Addresses of one /24 are one pool of translation, and no difference. */
const pool = (address: string): string => (address.includes('.') ? address.replace(/\.\d+$/, '') : address);

const hellosOf = kept(({ results }: ServerView): readonly string[] =>
  distinct(results.flatMap((result) => helloOf(result) ?? [])),
);

const pools = censusOfServers<string>((server) =>
  hellosOf(server).map((address) => ['', pool(address)] as const),
);
const poolsOfSiblings = (context: RuleContext): ReadonlyMap<string, number> => pools(context, '');

export const pathOtherEgress = defineRule({
  id: 'path.other-egress',
  items: ['X4'],
  owner: 'network',
  confidence: 'possible',
  comparesOnly: true,
  words: words<{ addresses: string[]; usual: string[] }>({
    en: {
      sentence: ({ addresses, usual }) =>
        `Microsoft sees this server as ${en.list(addresses)}, its siblings as ${en.list(usual)}.`,
      cause: () =>
        'The server reaches the internet from another public address than its siblings. That is a fault only where a policy by location (Conditional Access) lists only the other addresses.',
      nextStep: ({ addresses }) =>
        `Make sure that ${en.list(addresses)} is among the trusted locations of the tenant, or that no policy asks for one.`,
    },
    ja: {
      sentence: ({ addresses, usual }) =>
        `Microsoft から見たこのサーバーのアドレスは ${ja.list(addresses)}、ほかのサーバーは ${ja.list(usual)} です。`,
      cause: () =>
        'このサーバーはほかのサーバーと異なるパブリック アドレスから出ています。場所に基づくポリシー (条件付きアクセス) がほかのアドレスだけを登録している場合に限り、障害になります。',
      nextStep: ({ addresses }) =>
        `${ja.list(addresses)} がテナントの信頼できる場所に含まれていること、または場所を条件とするポリシーがないことを確認してください。`,
    },
  }),
  claims: ({ places, addresses }) =>
    addresses.map((value) => ({ claim: 'shown', what: 'public-address', value, endpoints: places })),
  find: (context) => {
    const results = context.server.results.filter(
      (result) => getsThrough(result) && helloOf(result) !== null,
    );
    const own = distinct(results.flatMap((result) => helloOf(result) ?? []));
    if (own.length === 0) return [];
    const theirs = poolsOfSiblings(context);
    if (own.some((address) => theirs.has(pool(address)))) return [];
    const usual = leading(theirs);
    const others = siblings(context).flatMap((each) =>
      hellosOf(each).map((address) => ({ server: each.name, address })),
    );
    const alike = others.filter(({ address }) => pool(address) === usual);
    // One sibling alone is no measure: it may be the odd one itself.
    if (usual === null || distinct(alike.map(({ server }) => server)).length < 2) return [];
    return [
      {
        about: 'egress',
        results,
        weighAs: 'info',
        evidence: [`own: ${own.join(', ')}`, ...others.map(({ server, address }) => `${server}: ${address}`)],
        details: {
          addresses: own,
          usual: distinct(alike.map(({ address }) => address)),
        },
      },
    ];
  },
});
