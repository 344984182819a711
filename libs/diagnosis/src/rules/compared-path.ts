import type { CheckResult } from '@mailpath/protocol';
import {
  distinct,
  getsThrough,
  type Look,
  placeOf,
  type ServerView,
  siblings,
  type SiteView,
} from '../look.ts';
import { median } from '../median.ts';
import { majority } from '../majority.ts';
import { type ClueOf, defineRule } from '../rule.ts';

/** How many times its siblings' round trip is out of the ordinary, and below how much nobody notices. */
const TIMES = 4;
const NOTICEABLE_MS = 250;
/** A front end of another region matters where it costs time. */
const FARTHER_TIMES = 1.5;
const FARTHER_MS = 20;

const roundTripOf = ({ evidence }: CheckResult): number | null =>
  evidence.connect?.roundTrip?.medianMs ?? null;

/**
 * What the way itself takes at the least: a busy machine, or a queue, makes some connects long and never all of them, and nothing
 * is quicker than the way. So the quickest connect of this server to the same address counts.
 */
function leastMs({ evidence: { connect } }: CheckResult, { results }: ServerView): number {
  const { medianMs = 0, spreadMs = 0 } = connect?.roundTrip ?? {};
  const connects = results.flatMap((each) => each.evidence.connect?.attempts ?? []);
  const reached = connects.filter(
    ({ address, outcome }) => address === connect?.used && outcome === 'reached',
  );
  return Math.min(medianMs - spreadMs, ...reached.map(({ ms }) => ms));
}

interface RoundTrip {
  server: ServerView;
  ms: number;
}

/** Every server is compared with all others: what they measured is gone through once for a site, and not once for each result. */
const measuredAt = new WeakMap<SiteView, Map<string, RoundTrip[]>>();

function roundTripsAt(site: SiteView, place: string): readonly RoundTrip[] {
  let places = measuredAt.get(site);
  if (!places) {
    places = new Map();
    for (const server of site.servers)
      for (const result of server.results) {
        const ms = roundTripOf(result);
        if (ms === null) continue;
        const there = places.get(placeOf(result));
        if (there) there.push({ server, ms });
        else places.set(placeOf(result), [{ server, ms }]);
      }
    measuredAt.set(site, places);
  }
  return places.get(place) ?? [];
}

/** The siblings' usual round trip to a place. */
const usualMs = ({ server, site }: Look, place: string): number | null =>
  median(roundTripsAt(site, place).flatMap((each) => (each.server === server ? [] : each.ms)));

interface Farther {
  result: CheckResult;
  own: number;
  usual: number;
}

const farther = (look: Look, times: number, atLeastMs: number): Farther[] =>
  look.server.results.filter(getsThrough).flatMap((result) => {
    const own = roundTripOf(result);
    if (own === null) return [];
    const usual = usualMs(look, placeOf(result));
    if (usual === null) return [];
    const least = leastMs(result, look.server);
    return least >= usual * times && least - usual >= atLeastMs ? [{ result, own, usual }] : [];
  });

const roundTripLines = (each: readonly Farther[]): string[] =>
  each.map(({ result, own, usual }) => `${placeOf(result)}: ${own} ms, siblings ${usual} ms`);

export const latency = defineRule({
  id: 'path.latency',
  items: ['C10'],
  owner: 'network',
  observes: true,
  find: (look): readonly ClueOf<'path.latency'>[] => {
    const slow = farther(look, TIMES, NOTICEABLE_MS);
    const [first] = slow;
    if (!first) return [];
    return [
      {
        about: 'latency',
        results: slow.map(({ result }) => result),
        counts: 'warn',
        evidence: roundTripLines(slow),
        details: { medianMs: Math.round(first.own), usualMs: Math.round(first.usual) },
      },
    ];
  },
});

const frontEndOf = ({ evidence }: CheckResult): string | null =>
  evidence.imap?.frontEnd ?? evidence.pop3?.frontEnd ?? evidence.smtp?.frontEnd ?? null;
/** The site that Microsoft's names begin with: `AM0PR02CA0134.outlook.office365.com` is in AM. */
const regionOf = (frontEnd: string): string | null =>
  /^([A-Z]{2})\d[A-Z]{1,3}\d/i.exec(frontEnd)?.[1]?.toUpperCase() ?? null;

function regionAt({ results }: ServerView): string | null {
  const regions = distinct(results.flatMap((result) => regionOf(frontEndOf(result) ?? '') ?? []));
  return regions.length === 1 ? (regions[0] ?? null) : null;
}

export const otherRegion = defineRule({
  id: 'path.other-region',
  items: ['C9'],
  owner: 'network',
  confidence: 'possible',
  observes: true,
  find: (look): readonly ClueOf<'path.other-region'>[] => {
    const own = regionAt(look.server);
    const votes = siblings(look).flatMap((each) => {
      const value = regionAt(each);
      return value === null ? [] : [{ server: each.name, value }];
    });
    const usual = majority(votes);
    const results = look.server.results.filter(
      (result) => getsThrough(result) && frontEndOf(result) !== null,
    );
    const costs = farther(look, FARTHER_TIMES, FARTHER_MS);
    if (own === null || !usual || usual.value === own || results.length === 0 || costs.length === 0)
      return [];
    return [
      {
        about: 'region',
        results,
        counts: 'info',
        evidence: [
          ...results.map((result) => `${placeOf(result)}: ${frontEndOf(result)}`),
          ...roundTripLines(costs),
        ],
        details: { frontEnds: [own], usual: [usual.value] },
      },
    ];
  },
});

const helloOf = ({ evidence }: CheckResult): string | null => evidence.smtp?.helloAddress ?? null;
/** Addresses of one /24 are one pool of translation, and no difference. */
const pool = (address: string): string => (address.includes('.') ? address.replace(/\.\d+$/, '') : address);

export const otherEgress = defineRule({
  id: 'path.other-egress',
  items: ['X4'],
  owner: 'network',
  confidence: 'possible',
  observes: true,
  find: (look): readonly ClueOf<'path.other-egress'>[] => {
    const results = look.server.results.filter((result) => getsThrough(result) && helloOf(result) !== null);
    const own = distinct(results.flatMap((result) => helloOf(result) ?? []));
    const others = siblings(look).flatMap(({ name, results: theirs }) =>
      distinct(theirs.flatMap((result) => helloOf(result) ?? [])).map((address) => ({
        server: name,
        value: pool(address),
        address,
      })),
    );
    const usual = majority(others);
    // One sibling alone is no measure: it may be the odd one itself.
    if (own.length === 0 || !usual || distinct(usual.servers).length < 2) return [];
    if (own.some((address) => others.some(({ value }) => value === pool(address)))) return [];
    return [
      {
        about: 'egress',
        results,
        counts: 'info',
        evidence: [`own: ${own.join(', ')}`, ...others.map(({ server, address }) => `${server}: ${address}`)],
        details: {
          addresses: own,
          usual: distinct(others.filter(({ value }) => value === usual.value).map(({ address }) => address)),
        },
      },
    ];
  },
});
