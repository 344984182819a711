import type { ResolverEvidence } from '@mailpath/protocol';
import { isAnswer } from '../evidence/name-troubles.ts';
import { slowest, slowLines, slowPhases } from '../evidence/slowness.ts';
import { distinct } from '../look.ts';
import { defineRule } from '../rule.ts';
import { longTrips } from './path-latency.rule.ts';
import { halfSilent } from './resolve-family-silent.rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

const seconds = (ms: number): string => (ms / 1_000).toFixed(1);

/** A resolver is slow when it takes most of what the system waits for. */
const SHARE = 0.5;

/** A question and its answer, once more over TCP: on a long path a look-up takes so many of its round trips. */
const TRIPS = 3;

/** Where a look-up's own resolvers were not asked beside it, they are the server's. */
const isWaitedFor = (resolvers: readonly ResolverEvidence[], half: ReadonlySet<string>): boolean =>
  resolvers.length === 0 ? half.size > 0 : resolvers.some(({ server }) => half.has(server));

/** Names are found, and far too late: every program on the server waits for each of them. */
export const resolveSlow = defineRule({
  id: 'resolve.slow',
  items: ['C9'],
  phase: 'resolve',
  owner: 'dns',
  comparesOnly: true,
  words: words<{ ms: number; usualMs: number | null; than: string; resolvers: string[]; rounds: number }>({
    en: {
      sentence: ({ hosts, ms, usualMs, than }) =>
        `Looking up ${en.list(hosts)} takes ${seconds(ms)} s${usualMs === null ? '' : than === 'siblings' ? `, on siblings ${seconds(usualMs)} s` : `, and took ${seconds(usualMs)} s before`}.`,
      cause: ({ resolvers }) =>
        resolvers.length > 0
          ? `${en.list(resolvers)} itself takes so long: it is overloaded, or what it forwards to is. Mail programs give up after some seconds.`
          : 'The system waits before it has an answer: for a DNS server that is asked first and does not answer, or for another name service. Mail programs give up after some seconds.',
      nextStep: (p) =>
        p.resolvers.length > 0
          ? `Let the DNS team look at load and forwarders of ${en.list(p.resolvers)}, for ${en.here(p)}.`
          : `Time a look-up of ${en.list(p.hosts)} at each DNS server of ${en.here(p)} (nslookup NAME SERVER) and remove the one that does not answer.`,
    },
    ja: {
      sentence: ({ hosts, ms, usualMs, than }) =>
        `${ja.list(hosts)} の名前解決に ${seconds(ms)} 秒かかります${usualMs === null ? '' : than === 'siblings' ? ` (ほかのサーバーでは ${seconds(usualMs)} 秒)` : ` (以前は ${seconds(usualMs)} 秒)`}。`,
      cause: ({ resolvers }) =>
        resolvers.length > 0
          ? `${ja.list(resolvers)} 自体が遅くなっています。過負荷か、転送先に問題があります。メール プログラムは数秒で中止します。`
          : '応答が得られるまでシステムが待機しています。最初に問い合わせる DNS サーバーが応答しないか、別の名前サービスを待っています。メール プログラムは数秒で中止します。',
      nextStep: (p) =>
        p.resolvers.length > 0
          ? `DNS 担当に、${ja.here(p)}が使用する ${ja.list(p.resolvers)} の負荷とフォワーダーの確認を依頼してください。`
          : `${ja.here(p)}の各 DNS サーバーで ${ja.list(p.hosts)} の検索時間を測り (nslookup 名前 サーバー)、応答しないものを外してください。`,
    },
  }),
  claims: ({ places, ms }) => [{ claim: 'takes', phases: ['resolve'], ms, endpoints: places }],
  find: (context) => {
    const half = new Set(context.server.results.flatMap(halfSilent).map(({ resolver }) => resolver.server));
    const late = slowPhases(context).filter(
      ({ phase, result: { evidence } }) =>
        phase === 'resolve' &&
        // A resolver that leaves one family unanswered, or answers it too late, is waited for with every name.
        !isWaitedFor(evidence.dns?.resolvers ?? [], half) &&
        // A resolver that fails, or a look-up that the system gave up, is told of as that.
        evidence.dns?.borrowedFrom === undefined &&
        (evidence.dns?.resolvers ?? []).every(({ a }) => isAnswer(a)),
    );
    if (late.length === 0) return [];
    // Where whatever is asked takes long to come back, that is what is told.
    const tripMs = Math.max(0, ...longTrips(context).map(({ own }) => own));
    const [first, ...more] = late.filter((each) => each.ms > TRIPS * tripMs);
    if (!first) return [];
    const { ms, usualMs, than, rounds } = slowest([first, ...more]);
    const results = [first, ...more].map(({ result }) => result);
    const slow = results.flatMap(({ evidence: { dns } }) =>
      (dns?.resolvers ?? []).filter((each) => each.ms >= SHARE * (dns?.ms ?? 0)),
    );
    return [
      {
        about: 'look-ups',
        results,
        weighAs: 'warn',
        evidence: [
          ...slowLines([first, ...more]),
          ...slow.map((each) => `${each.server}: ${Math.round(each.ms)} ms`),
        ],
        details: { ms, usualMs, than, rounds, resolvers: distinct(slow.map(({ server }) => server)) },
      },
    ];
  },
});
