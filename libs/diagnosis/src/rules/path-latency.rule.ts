import { type Farther, farther, roundTripLines } from '../evidence/round-trips.ts';
import type { RuleContext } from '../look.ts';
import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

/** How many times its siblings' round trip is out of the ordinary, and below how much nobody notices. */
const TIMES = 4;

const NOTICEABLE_MS = 250;

/** Round trips of this server that are out of the ordinary. */
export const longTrips = (context: RuleContext): Farther[] => farther(context, TIMES, NOTICEABLE_MS);

export const pathLatency = defineRule({
  id: 'path.latency',
  items: ['C10'],
  owner: 'network',
  phase: 'connect',
  comparesOnly: true,
  words: words<{ medianMs: number; usualMs: number }>({
    en: {
      sentence: ({ places, medianMs, usualMs }) =>
        `A round trip to ${en.list(places)} takes ${medianMs} ms here, ${usualMs} ms on siblings.`,
      cause: () =>
        'This server uses a longer or busier path than its siblings: another internet exit, a VPN, or a front end far away that its resolver chose.',
      nextStep: (p) =>
        `Let the network team compare the path of ${en.here(p)} to the internet with that of ${en.list(p.witnesses)}.`,
    },
    ja: {
      sentence: ({ places, medianMs, usualMs }) =>
        `${ja.list(places)} への往復時間は、ここでは ${medianMs} ms、ほかのサーバーでは ${usualMs} ms です。`,
      cause: () =>
        'このサーバーは、ほかのサーバーより長い、または混雑した経路を使っています。別のインターネット出口、VPN、またはリゾルバーが選んだ遠いフロント エンドが考えられます。',
      nextStep: (p) =>
        `ネットワーク担当に、${ja.here(p)}と ${ja.list(p.witnesses)} の外向き経路の比較を依頼してください。`,
    },
  }),
  claims: ({ places, medianMs }) => [{ claim: 'round-trip', ms: medianMs, endpoints: places }],
  find: (context) => {
    const slow = longTrips(context);
    const [first] = slow;
    if (!first) return [];
    return [
      {
        about: 'latency',
        results: slow.map(({ result }) => result),
        weighAs: 'warn',
        evidence: roundTripLines(slow),
        details: { medianMs: Math.round(first.own), usualMs: Math.round(first.usual) },
      },
    ];
  },
});
