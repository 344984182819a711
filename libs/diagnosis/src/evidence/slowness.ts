import { checkFacts, type CheckResult, type Phase } from '@mailpath/protocol';
import type { PastResult } from '../history.ts';
import { mediansOfServers } from '../census.ts';
import { kept } from '../kept.ts';
import { distinct, endpointOf, type RuleContext, type ServerView, type SiteView } from '../look.ts';
import { median } from '../median.ts';
import { type Course, courses } from './over-time.ts';

interface Limit {
  /** How many times what is usual is out of the ordinary. */
  times: number;
  /** And how much longer at the least, so that a busy machine or a lost packet is no finding. */
  floorMs: number;
}

/**
 * When a phase is slow, by what siblings take for the same, or this server took before. Ratios are large since a round
 * trip to another region, or a machine that is busy for a moment, makes a difference of two or three.
 *
 * - resolve: a resolver answers in milliseconds from its memory and within half a second otherwise; the next step is
 * the 1 s
 *   (Windows) or 5 s (Linux) after which another resolver is asked.
 * - connect, starttls: one round trip each; a lost SYN is sent again after 1 s, so a single loss stays below.
 * - tls, proxy: two round trips and, in an inspecting device, a connection of its own.
 * - greet, http: servers delay for their own reasons (reverse look-ups, queues) up to a few seconds.
 * - authenticate, open-mailbox, token: Exchange and Entra ID take up to some seconds on a good day.
 *
 * send and receive are Microsoft's queues, and not judged.
 */
const LIMITS: Readonly<Partial<Record<Phase, Limit>>> = {
  resolve: { times: 5, floorMs: 1_500 },
  connect: { times: 5, floorMs: 2_000 },
  starttls: { times: 5, floorMs: 2_000 },
  tls: { times: 5, floorMs: 2_500 },
  proxy: { times: 5, floorMs: 2_500 },
  greet: { times: 5, floorMs: 4_000 },
  http: { times: 5, floorMs: 4_000 },
  authenticate: { times: 5, floorMs: 4_000 },
  'open-mailbox': { times: 5, floorMs: 4_000 },
  token: { times: 5, floorMs: 4_000 },
};

/** A look-up as long as this is slow whatever it is compared with: mail programs give up after some seconds. */
const ALWAYS_SLOW_RESOLVE_MS = 2_500;

/** With past rounds at hand, so many of the last ones must have been slow: one is a moment. */
const SLOW_ROUNDS = { of: 3, least: 2 };

export interface Slow {
  result: CheckResult;
  phase: Phase;
  ms: number;
  /** What is usual; null where there is nothing to compare with. */
  usualMs: number | null;
  /** Whose time is usual. */
  than: 'siblings' | 'before' | 'none';
  /** In how many of the last rounds it was so, the newest among them. */
  rounds: number;
}

type Timed = Pick<PastResult, 'phases'>;

const msOf = ({ phases }: Timed, phase: Phase): number | null => {
  const own = phases.filter(({ name }) => name === phase);
  return own.length === 0 ? null : own.reduce((sum, { ms }) => sum + ms, 0);
};

function isSlow(ms: number, usualMs: number | null, phase: Phase): boolean {
  const limit = LIMITS[phase];
  if (!limit) return false;
  if (usualMs === null) return phase === 'resolve' && ms >= ALWAYS_SLOW_RESOLVE_MS;
  return ms >= usualMs * limit.times && ms - usualMs >= limit.floorMs;
}

/** A check that came through at once; what needed another address or a second look has an explanation of its own. */
const isPlain = ({ outcome, repeats }: CheckResult): boolean => outcome === 'pass' && repeats === null;

/** A handshake takes as long whatever is asked for later; of another step the check decides what it does. */
const keyOf = ({ check, target }: CheckResult, phase: Phase): string =>
  phase === 'tls' || phase === 'resolve'
    ? [phase, target.host, target.port, checkFacts(check).speaks].join(' ')
    : [phase, check, target.name, target.mailbox ?? ''].join(' ');

/** What siblings take for the same, where nothing went amiss. */
const takenBySiblings = mediansOfServers(({ results }) =>
  results
    .filter(isPlain)
    .flatMap((result) =>
      phasesOf(result).map((phase) => [keyOf(result, phase), msOf(result, phase) ?? 0] as const),
    ),
);

const phasesOf = (result: CheckResult): Phase[] => distinct(result.phases.map(({ name }) => name));

/** What siblings take for the same check; what this server took before where there are none. */
function usualOf(
  context: Pick<RuleContext, 'site' | 'server'>,
  result: CheckResult,
  phase: Phase,
  past: Course['past'],
): Pick<Slow, 'usualMs' | 'than'> {
  const usual = takenBySiblings(context, keyOf(result, phase));
  if (usual !== null) return { usualMs: usual, than: 'siblings' };
  // The newest rounds are what is asked about.
  const older = past.slice(0, 1 - SLOW_ROUNDS.of).filter(({ outcome }) => outcome === 'pass');
  const before = median(older.flatMap((each) => msOf(each, phase) ?? []));
  return before === null ? { usualMs: null, than: 'none' } : { usualMs: before, than: 'before' };
}

/**
 * What every step adds to: a client waits for all of them. Of a link that delays whatever is said no single step may
 * be out of the ordinary, and together they are.
 */
const TOGETHER = { phases: 3, times: 5, floorMs: 4_000 };

function slowTogether(each: readonly Slow[]): readonly Slow[] {
  const longer = each.filter(({ phase, ms, usualMs }) => {
    const known = usualMs !== null && phase !== 'resolve' && LIMITS[phase] !== undefined;
    return known && ms >= usualMs * TOGETHER.times;
  });
  const more = longer.reduce((sum, { ms, usualMs }) => sum + ms - (usualMs ?? 0), 0);
  return longer.length >= TOGETHER.phases && more >= TOGETHER.floorMs ? longer : [];
}

/**
 * A delay of every connection to one place, or of every look-up, is no moment: it may be shorter than what one of them
 * has to take to be out of the ordinary.
 */
const STEADY = { least: 3, times: 5, floorMs: 600 };
const STEADY_PHASES: readonly Phase[] = ['resolve', 'tls', 'proxy', 'http', 'token'];

/** Of a look-up by its name, of which each is looked up once; of anything else by its connection. */
const measuredBy = ({ result: { id, target }, phase }: Slow): string =>
  phase === 'resolve' ? target.host : id;

function steadily(all: readonly Slow[]): Slow[] {
  const known = all.filter(({ phase, usualMs }) => usualMs !== null && STEADY_PHASES.includes(phase));
  const groups = Map.groupBy(known, ({ phase, result }) =>
    phase === 'resolve' ? phase : `${phase} ${endpointOf(result)}`,
  );
  return [...groups.values()].flatMap((group) => {
    const single = [...Map.groupBy(group, measuredBy).values()].flatMap(([first, ...more]) =>
      first ? [slowest([first, ...more])] : [],
    );
    const late = single.filter(
      ({ ms, usualMs }) => ms >= (usualMs ?? 0) * STEADY.times && ms - (usualMs ?? 0) >= STEADY.floorMs,
    );
    return single.length >= STEADY.least && late.length === single.length ? late : [];
  });
}

/** The phases of this server's checks that take far longer than is usual, though a client gets through. */
export const slowPhases = ({ site, server }: RuleContext): readonly Slow[] => slowIn(site)(server);

/** More rules than one ask. */
const slowIn = kept((site: SiteView) => kept((server: ServerView) => slowOn({ site, server })));

function slowOn(context: Pick<RuleContext, 'site' | 'server'>): Slow[] {
  const pasts = new Map(courses(context.server).map(({ result, past }) => [result, past]));
  const all = context.server.results.filter(isPlain).map((result) => {
    const past = pasts.get(result) ?? [];
    return phasesOf(result).map((phase) => {
      const timed = { phase, ms: msOf(result, phase) ?? 0, ...usualOf(context, result, phase, past) };
      const slow: Slow = { result, ...timed, rounds: Math.max(1, slowRounds(timed, past)) };
      return { slow, past };
    });
  });
  const found = all.flatMap((each) => {
    const single = each.filter(({ slow, past }) => isSlowSingly(slow, past)).map(({ slow }) => slow);
    return single.length > 0 ? single : slowTogether(each.map(({ slow }) => slow));
  });
  return found.length > 0 ? found : steadily(all.flat().map(({ slow }) => slow));
}

function isSlowSingly(slow: Slow, past: Course['past']): boolean {
  if (!isSlow(slow.ms, slow.usualMs, slow.phase)) return false;
  return past.length === 0 || slow.rounds >= SLOW_ROUNDS.least;
}

/** In how many of the newest rounds, this one included. */
function slowRounds(
  { ms, usualMs, phase }: Pick<Slow, 'ms' | 'usualMs' | 'phase'>,
  past: Course['past'],
): number {
  const last = past.slice(1 - SLOW_ROUNDS.of).map((one) => msOf(one, phase) ?? 0);
  return [ms, ...last].filter((one) => isSlow(one, usualMs, phase)).length;
}

export const slowLines = (each: readonly Slow[]): string[] =>
  each.map(
    ({ result, phase, ms, usualMs, than }) =>
      `${result.check} ${result.target.name}: ${phase} ${Math.round(ms)} ms${usualMs === null ? '' : `, ${than} ${Math.round(usualMs)} ms`}`,
  );

/** The one that is farthest out of the ordinary, for a sentence. */
export const slowest = ([first, ...more]: readonly [Slow, ...Slow[]]): Slow =>
  more.reduce((one, other) => (other.ms > one.ms ? other : one), first);
