import { distinct } from '../look.ts';
import { defineRule, eachResult, messages, nothing } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

/**
 * Why a proxy grants no connection: it wants a `sign-in`, a rule of it `forbids` it, or it `cannot` reach the other end
 * itself (RFC 9110, sections 15.5 and 15.6; RFC 1928, section 6).
 */
type Why = 'sign-in' | 'forbids' | 'cannot' | 'unknown';

/** What the library says of a SOCKS proxy's answer, in lower case. */
const SOCKS: readonly (readonly [Why, readonly string[]])[] = [
  ['sign-in', ['authentication']],
  ['forbids', ['notallowed', 'not allowed']],
  ['cannot', ['unreachable', 'connectionrefused', 'ttlexpired', 'general']],
];

function whyRefused(status: number | null, reply: string): Why {
  if (status === 407) return 'sign-in';
  if (status !== null) return status >= 500 ? 'cannot' : status >= 400 ? 'forbids' : 'unknown';
  const said = reply.toLowerCase();
  return SOCKS.find(([, texts]) => texts.some((each) => said.includes(each)))?.[0] ?? 'unknown';
}

/** A finding that an older version stored knows of a sign-in alone. */
const whyOf = ({ why, signIn }: { why?: Why; signIn: boolean }): Why =>
  why ?? (signIn ? 'sign-in' : 'unknown');

export const proxyDenies = defineRule({
  id: 'proxy.denies',
  items: ['X6'],
  owner: 'proxy',
  confidence: ({ why }) => (why === 'cannot' ? 'likely' : 'certain'),
  words: words<{ proxy: string; reply: string; signIn: boolean; why?: Why }>({
    en: {
      sentence: ({ proxy, places, reply }) =>
        `The proxy ${proxy} does not let this server through to ${en.list(places)}: ${reply}`,
      cause: (p) =>
        ({
          'sign-in': 'The proxy wants credentials that it was not given, or that it does not take.',
          forbids: 'A rule of the proxy forbids this destination, or this server.',
          cannot: `The proxy would let it through, and does not reach the destination itself: its DNS, its own path to the internet, or a proxy behind it.${en.ifLocal(p, 'Other servers get through, by another path or another proxy.')}`,
          unknown: 'The proxy refuses this destination, or cannot reach it itself.',
        })[whyOf(p)],
      nextStep: (p) =>
        whyOf(p) === 'cannot'
          ? `Let the proxy team open ${en.list(p.places)} from the proxy itself, and look at its DNS and its path to the internet.`
          : `Let the proxy team allow ${en.list(p.places)} for ${en.here(p)} without sign-in.`,
    },
    ja: {
      sentence: ({ proxy, places, reply }) =>
        `プロキシ ${proxy} が、このサーバーから ${ja.list(places)} への通信を許可しません: ${reply}`,
      cause: (p) =>
        ({
          'sign-in': 'プロキシが認証情報を要求していますが、渡されていないか、受け入れられません。',
          forbids: 'プロキシの規則が、この宛先またはこのサーバーを禁止しています。',
          cannot: `プロキシは許可していますが、プロキシ自身が宛先に到達できません。プロキシの DNS、インターネットへの経路、またはその先のプロキシに問題があります。${ja.ifLocal(p, 'ほかのサーバーは別の経路または別のプロキシで接続できています。')}`,
          unknown: 'プロキシがこの宛先を拒否しているか、プロキシ自身が到達できません。',
        })[whyOf(p)],
      nextStep: (p) =>
        whyOf(p) === 'cannot'
          ? `プロキシ担当に、プロキシ自身から ${ja.list(p.places)} に接続し、プロキシの DNS とインターネットへの経路を確認するよう依頼してください。`
          : `プロキシ担当に、${ja.here(p)}から ${ja.list(p.places)} への通信を認証なしで許可するよう依頼してください。`,
    },
  }),
  find: eachResult({
    applies: ({ failure }) => failure?.phase === 'proxy' && failure.code === 'unexpected-reply',
    about: ({ evidence }) => `${evidence.proxy?.url} ${evidence.proxy?.status}`,
    part: nothing,
    details: ([{ evidence, failure }]) => ({
      proxy: evidence.proxy?.url ?? '',
      reply: evidence.proxy?.reply ?? failure?.message ?? '',
      signIn: evidence.proxy?.status === 407,
      why: whyRefused(evidence.proxy?.status ?? null, evidence.proxy?.reply ?? ''),
    }),
    evidence: (results) =>
      distinct([...results.map(({ evidence }) => evidence.proxy?.reply ?? ''), ...messages(results)]),
  }),
});
