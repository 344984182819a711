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
  return causes.map((cause) => {
    const kind = kindOf(cause);
    if (kind === null) return cause;
    const [widest] = causes
      .filter((other) => other.server !== cause.server && kindOf(other) === kind && explains(other, cause))
      .toSorted((a, b) => placesOf(b).size - placesOf(a).size || (a.clue.about < b.clue.about ? -1 : 1));
    return widest ? asPartOf(widest, cause) : cause;
  });
}

const placesOf = ({ clue }: Cause): ReadonlySet<string> => new Set(clue.results.map(endpointOf));

function explains(wider: Cause, cause: Cause): boolean {
  const [places, own] = [placesOf(wider), placesOf(cause)];
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
