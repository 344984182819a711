import type { CheckResult } from '@mailpath/protocol';
import type { Cause } from './causes.ts';
import { howOf, symptomOf } from './evidence/connects.ts';
import { distinct, endpointOf } from './look.ts';
import { classOf, isPast } from './observe.ts';

/** Rules that tell the same, connects that do not come up, for scopes of different size. */
const CONNECTS = [
  'connect.mail-ports',
  'connect.host-closed',
  'connect.port-closed',
  'connect.refused',
  'connect.timeout',
  'connect.unreachable',
];

/** What makes one cause like another, wherever it is; null for what is not compared over places. */
export function kindOf({ rule, clue: { results } }: Cause): string | null {
  const [first] = results;
  if (!first || rule.comparesOnly) return null;
  if (CONNECTS.includes(rule.id)) {
    const symptoms = distinct(results.map((result) => symptomOf(howOf(result) ?? 'silent')));
    return symptoms.length === 1 ? `connect ${classOf(first)} ${symptoms.join()}` : null;
  }
  return rule.alike?.in ? `${rule.id} ${classOf(first)} ${rule.alike.by(first)}` : null;
}

/**
 * One server may show less of a cause than another, since it looks at fewer places: where the wider one explains both,
 * it is one. Where it got past the same step at any place of the wider one, it has a cause of its own. Pure; the order
 * of causes stays.
 */
export function widened(causes: readonly Cause[]): Cause[] {
  const kinds = Map.groupBy(causes, kindOf);
  const wider = new Map([...kinds].map(([kind, alike]) => [kind, kind === null ? [] : widestFirst(alike)]));
  return causes.map((cause) => {
    const widest = (wider.get(kindOf(cause)) ?? []).find(
      ({ of, places }) => of.server !== cause.server && explains(places, cause),
    );
    return widest ? asPartOf(widest.of, cause) : cause;
  });
}

interface Wide {
  of: Cause;
  places: ReadonlySet<string>;
}

/**
 * What may explain others of its kind, the widest first. Many servers have the same cause at the same places: two of
 * them are enough, since one has to be another server's than whatever is explained.
 */
function widestFirst(alike: readonly Cause[]): Wide[] {
  const all = alike.map((of) => ({ of, places: placesOf(of) }));
  const same = Map.groupBy(all, ({ of, places }) =>
    JSON.stringify([of.clue.about, ...[...places].toSorted()]),
  );
  return [...same.values()]
    .flatMap(([first, ...more]) => {
      const another = more.find(({ of }) => of.server !== first?.of.server);
      return [first, another].filter((each) => each !== undefined);
    })
    .toSorted((a, b) => b.places.size - a.places.size || (a.of.clue.about < b.of.clue.about ? -1 : 1));
}

const placesOf = ({ clue }: Cause): ReadonlySet<string> => new Set(clue.results.map(endpointOf));

function explains(places: ReadonlySet<string>, cause: Cause): boolean {
  const own = placesOf(cause);
  if (own.size >= places.size || [...own].some((place) => !places.has(place))) return false;
  const [first] = cause.clue.results;
  const phase = first?.failure?.phase;
  if (!first || !phase) return false;
  const isWitness = (result: CheckResult): boolean =>
    classOf(result) === classOf(first) && places.has(endpointOf(result)) && isPast(result, phase);
  return !cause.server.results.some(isWitness);
}

/** The same cause, by the words of the wider one; what shows it is this server's own. */
const asPartOf = ({ rule, clue }: Cause, cause: Cause): Cause => ({
  ...cause,
  rule,
  clue: {
    ...clue,
    results: cause.clue.results,
    evidence: cause.clue.evidence,
    consequences: cause.consequences,
  },
});
