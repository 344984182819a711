import { confirmationOf, refutes, settles } from '@mailpath/diagnosis';
import type { Finding } from '@mailpath/protocol';
import { canonicalJson } from '../../history/results/evidence-split.ts';
import { type Cell, cellKey } from '../../fleet/tasks/cell.ts';
import type { FindingState, SeenResult } from './finding.query.ts';
import { isObservedAnew, type Looks, narrowed, type NewestResult, seenNow } from './seen-result.ts';

/** A finding as it is stored. */
export interface KnownFinding {
  id: string;
  state: FindingState;
  /** How often it has been open. */
  openings: number;
  finding: Finding;
  seen: readonly SeenResult[];
}

export interface Situation {
  known: readonly KnownFinding[];
  /** What the diagnosis concludes from the newest results that are not stale. */
  found: readonly Finding[];
  /** Of the servers that are not retired, for what is still asked of them. */
  newest: readonly NewestResult[];
  /** The servers that are not retired, name by id. */
  servers: ReadonlyMap<string, string>;
  /** Whether a server is still asked for this check and target, so that a result may come once more. */
  isAsked(place: Cell): boolean;
}

/** One step in the life of one finding; `id` is null for one that was not known. */
export type Change =
  | {
      kind: 'opened' | 'suspected' | 'seen';
      id: string | null;
      finding: Finding;
      seen: readonly SeenResult[];
    }
  | { kind: 'narrowed'; id: string; finding: Finding; seen: readonly SeenResult[] }
  | { kind: 'closed' | 'forgotten'; id: string };

/**
 * What becomes of the findings of a site, given what is stored and what is found now. A cause is told once it is
 * confirmed, by a second look or by a later round; it is over once everything it rested on has been seen anew without
 * it. Pure.
 */
export function changesOf(situation: Situation): Change[] {
  const looks = new Map(
    situation.newest.map((look) => [
      cellKey({ serverId: look.serverId, check: look.result.check, target: look.result.target.name }),
      look,
    ]),
  );
  const known = new Map(situation.known.map((each) => [each.finding.key, each]));
  const found = new Map(situation.found.map((each) => [each.key, each]));
  const again = [...found.values()].flatMap((finding) =>
    stepOfFound(finding, known.get(finding.key), situation, looks),
  );
  const confirmed = confirmedPlaces(situation.known, found, again);
  const gone = situation.known
    .filter(({ state, finding }) => state !== 'closed' && !found.has(finding.key))
    .flatMap((each) => stepOfMissing(each, situation, looks, confirmed));
  return [...again, ...gone];
}

function stepOfFound(
  finding: Finding,
  known: KnownFinding | undefined,
  situation: Situation,
  looks: Looks,
): Change[] {
  const fresh = seenNow(finding, situation.servers, looks);
  const seen = [...fresh, ...carriedOver(known, fresh, situation, looks)];
  const change = { id: known?.id ?? null, finding, seen };
  if (known?.state !== 'open' && isConfirmed(finding, known, fresh, looks))
    return [{ kind: 'opened', ...change }];
  if (!known || known.state === 'closed') return [{ kind: 'suspected', ...change }];
  const news = !sameJson(known.seen, seen) || !sameJson(known.finding, finding);
  return news ? [{ kind: 'seen', ...change }] : [];
}

/**
 * What the finding rested on and nobody has looked at since: it may still be so, and the finding does not close before
 * that is known.
 */
function carriedOver(
  known: KnownFinding | undefined,
  fresh: readonly SeenResult[],
  situation: Situation,
  looks: Looks,
): SeenResult[] {
  if (!known || known.state === 'closed') return [];
  const told = new Set(fresh.map(cellKey));
  return known.seen.filter(
    (part) =>
      part.basis &&
      !told.has(cellKey(part)) &&
      situation.isAsked(part) &&
      !isObservedAnew(part, looks.get(cellKey(part))),
  );
}

/**
 * What is sure by itself is told at once; a second look that failed as well confirms at once. Otherwise a later round
 * does: a newer result of the same place, which is no second look at the one known, leads to the same finding.
 */
function isConfirmed(
  finding: Finding,
  known: KnownFinding | undefined,
  fresh: readonly SeenResult[],
  looks: Looks,
): boolean {
  const by = confirmationOf(finding);
  if (by === 'itself') return true;
  const basis = fresh.filter((part) => part.basis);
  const before = new Map(
    known?.state === 'pending' ? known.seen.map((part) => [cellKey(part), part.resultId]) : [],
  );
  return basis.some((part) => {
    const result = looks.get(cellKey(part))?.result;
    if (!result) return false;
    if (by === 'second-look' && result.outcome === 'fail' && result.repeats !== null) return true;
    const earlier = before.get(cellKey(part));
    return earlier !== undefined && earlier !== result.id && earlier !== result.repeats;
  });
}

/** The places whose failure is told by a finding that is open after this evaluation. */
function confirmedPlaces(
  known: readonly KnownFinding[],
  found: ReadonlyMap<string, Finding>,
  again: readonly Change[],
): ReadonlySet<string> {
  const changed = new Map(
    again.flatMap((change) => ('finding' in change ? [[change.finding.key, change] as const] : [])),
  );
  const wasOpen = new Map(
    known.filter(({ state }) => state === 'open').map((each) => [each.finding.key, each]),
  );
  return new Set(
    [...found.keys()].flatMap((key) => {
      const change = changed.get(key);
      const isOpen = change?.kind === 'opened' || wasOpen.has(key);
      return isOpen ? (change?.seen ?? wasOpen.get(key)?.seen ?? []).map(cellKey) : [];
    }),
  );
}

function stepOfMissing(
  known: KnownFinding,
  situation: Situation,
  looks: Looks,
  confirmed: ReadonlySet<string>,
): Change[] {
  const isOver = (part: SeenResult): boolean => {
    const look = looks.get(cellKey(part));
    if (!situation.isAsked(part) || isRefuted(look, looks)) return true;
    return isObservedAnew(part, look) && (settles(look.result) || confirmed.has(cellKey(part)));
  };
  const seen = known.seen.filter((part) => !isOver(part));
  if (!seen.some(({ basis }) => basis))
    return [{ kind: known.state === 'open' ? 'closed' : 'forgotten', id: known.id }];
  if (seen.length === known.seen.length) return [];
  return [
    { kind: 'narrowed', id: known.id, finding: narrowed(known.finding, seen, situation.servers), seen },
  ];
}

/** What cannot come again is over when what it would lead to is seen not to be so. */
const isRefuted = (rests: NewestResult | undefined, looks: Looks): boolean =>
  rests !== undefined &&
  [...looks.values()].some(({ result, stale }) => !stale && refutes(result, rests.result));

/** jsonb keeps the keys of an object in an order of its own. */
function sameJson(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}
