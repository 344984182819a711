import type { CheckResult, Phase } from '@mailpath/protocol';
import { outOfDates } from '../evidence/handshakes.ts';
import { clockAheadBesides, clockByEnd, wrongByEnd } from '../clock.ts';
import { isLeaseOver } from '../evidence/skips.ts';
import { mediansOfServers } from '../census.ts';
import { getsThrough, type RuleContext } from '../look.ts';
import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

/** A minute off is a clock that nobody sets; beyond five, Kerberos and tokens are refused. */
const WORTH_A_WARNING_MS = 60_000;

const REFUSED_MS = 300_000;

const aheadMs = ({ evidence }: CheckResult): number | null => evidence.clock?.aheadMs ?? null;

/** By end, what every server whose clock is known has seen of it. */
const wrongEnd = mediansOfServers(({ results }) => wrongByEnd(results));

/**
 * What other ends agree on, else what siblings know of the one end that tells the time; an end by itself is not
 * believed.
 */
const aheadOf = (context: RuleContext): number =>
  Math.round(clockAheadBesides(context.server.results, (host) => wrongEnd(context, host)) ?? 0);

/** In which step a far end tells its time. */
const TOLD_IN = [
  ['http-date', 'http'],
  ['token', 'token'],
  ['smtp-banner', 'greet'],
] as const;

/** Where it shows: in a handshake that a wrong clock refuses, else in what told the time. */
function phaseOf(results: readonly CheckResult[]): Phase {
  if (results.some(outOfDates)) return 'tls';
  const told = TOLD_IN.find(([source]) => results.some(({ evidence }) => evidence.clock?.source === source));
  return told?.[1] ?? 'http';
}

/**
 * One other end may have a wrong clock itself, so it goes by the middle of all; certificates out of their dates follow
 * from it.
 */
export const clockWrong = defineRule({
  id: 'clock.wrong',
  items: ['X9'],
  owner: 'server-administrator',
  // Whose clock it is that is wrong, one other end alone does not tell for sure.
  confidence: ({ ends }) => (ends === 1 ? 'possible' : 'likely'),
  words: words<{ clocks: { server: string; aheadMs: number }[]; ends?: number }>({
    en: {
      sentence: ({ clocks }) =>
        `The clock is wrong: ${en.list(clocks.map(({ server, aheadMs }) => `${server} is ${en.minutes(aheadMs)}`))}.`,
      cause: (p) =>
        `The server does not follow a time source. Certificates and tokens are checked against the clock; with a difference of more than 5 minutes they are refused.${en.ifAll(p, 'All servers are off: look at the time source that they share.')}`,
      nextStep: (p) =>
        `Let ${en.here(p)} follow a time source (NTP or the domain's) again; then check the other findings again.`,
    },
    ja: {
      sentence: ({ clocks }) =>
        `時計がずれています: ${ja.list(clocks.map(({ server, aheadMs }) => `${server} は ${ja.minutes(aheadMs)}`))}。`,
      cause: (p) =>
        `サーバーが時刻源に同期していません。証明書とトークンはサーバーの時計を基準に検証され、5 分を超えるずれがあると拒否されます。${ja.ifAll(p, '全サーバーがずれているため、共有している時刻源を確認してください。')}`,
      nextStep: (p) =>
        `${ja.here(p)}を時刻源 (NTP またはドメイン) に再び同期させ、その後で残りの結果を確認してください。`,
    },
  }),
  claims: () => [{ claim: 'clock-off' }],
  find: (context: RuleContext) => {
    const { server, unexplained } = context;
    const told = server.results.filter((result) => aheadMs(result) !== null);
    const off = aheadOf(context);
    if (Math.abs(off) <= WORTH_A_WARNING_MS) return [];
    const refused = Math.abs(off) > REFUSED_MS ? unexplained.filter(outOfDates) : [];
    // What failed for another reason keeps its own explanation.
    const shown = told.filter((result) => getsThrough(result) || refused.includes(result));
    const results = shown.length > 0 ? shown : refused;
    if (results.length === 0) return [];
    return [
      {
        about: 'clock',
        results,
        consequences: [
          ...refused.filter((result) => !results.includes(result)),
          // What is lent for a time is over too early for a clock that is ahead.
          ...(off > 0 ? server.results.filter(isLeaseOver) : []),
        ],
        weighAs: Math.abs(off) > REFUSED_MS ? 'fail' : 'warn',
        phase: phaseOf(results),
        evidence: told.map(
          ({ check, target, evidence }) =>
            `${check} ${target.name}: ${evidence.clock?.aheadMs} ms ahead by ${evidence.clock?.source}`,
        ),
        details: { clocks: [{ server: server.name, aheadMs: off }], ends: clockByEnd(server.results).size },
      },
    ];
  },
});
