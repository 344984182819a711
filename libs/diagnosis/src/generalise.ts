import type { CheckResult } from '@mailpath/protocol';
import { keyIn, type ScopeKind, scopesOf } from './lattice.ts';
import { distinct, endpointOf, hostsOf, type RuleContext, type ServerView } from './look.ts';
import { classOf, isPast } from './observe.ts';
import type { Alike, Clue, Part, Rule } from './rule.ts';

/**
 * What one rule found on one server, with clues that are alike joined: one cause is one clue, however many places show
 * it. Where the deciding value does not show by itself that one thing is behind them, they are joined to the smallest
 * scope that no witness contradicts. Pure.
 */
export function generalise(rule: Rule, clues: readonly Clue[], context: RuleContext): readonly Clue[] {
  const { alike } = rule;
  if (!alike) return clues;
  const valueOf = ({ results: [first] }: Clue): string =>
    first ? `${classOf(first)} ${alike.by(first)}` : '';
  return [...Map.groupBy(clues, valueOf).values()].flatMap((group) =>
    alike.in === undefined ? [joined(group, alike)] : byScope(group, { ...alike, in: alike.in }, context),
  );
}

/** All of them, known by their value. */
function joined(group: readonly Clue[], alike: Alike): Clue {
  const [first] = group;
  const [result] = first?.results ?? [];
  if (!first || !result) throw new Error('a clue has a result');
  return merged(group, alike.by(result) || first.about);
}

function byScope(group: readonly Clue[], alike: Required<Alike>, { server }: RuleContext): Clue[] {
  const broken = group.flatMap(({ results }) => results);
  const [first] = broken;
  if (group.length < 2 || !first) return [...group];
  const witnesses = server.results.filter(
    (result) => classOf(result) === classOf(first) && !broken.includes(result) && isPast(result, alike.in),
  );
  return scopesOf(broken, witnesses, server).map(({ kind, results }) => {
    const own = group.filter((clue) => clue.results.some((result) => results.includes(result)));
    return own.length === 1 && own[0] ? own[0] : merged(own, aboutOf(kind, results, server));
  });
}

/** The same for as long as the cause reaches as far. */
export function aboutOf(kind: ScopeKind, results: readonly CheckResult[], server: ServerView): string {
  const [first] = results;
  if (kind === 'server' || !first) return 'everywhere';
  if (kind === 'port') return `port ${first.target.port}`;
  if (kind === 'service')
    return distinct(results.map(({ target }) => target.port))
      .toSorted((a, b) => a - b)
      .join(' ');
  if (kind === 'family' || kind === 'resolver') return keyIn(kind, first, server);
  if (kind === 'place') return endpointOf(first);
  return hostsOf(results).toSorted().join(' ');
}

/** Clues of one cause as one, about what all of them share. */
export function merged(group: readonly Clue[], about: string): Clue {
  const [first, ...more] = group;
  if (!first) throw new Error('a clue is joined with others');
  const consequences = group.flatMap((clue) => clue.consequences ?? []);
  return {
    ...first,
    about,
    part: commonOf(group.map(({ part }) => part ?? {})),
    results: group.flatMap(({ results }) => results),
    ...(consequences.length > 0 ? { consequences } : {}),
    evidence: distinct(group.flatMap(({ evidence }) => evidence)),
    details: mergedDetails(first.details, more),
    ...(first.provesUnaffected
      ? { provesUnaffected: (other: CheckResult) => group.some((clue) => clue.provesUnaffected?.(other)) }
      : {}),
  };
}

/** Lists put together, each entry once; of anything else what the first has. */
export function mergedDetails(
  first: object,
  more: readonly Pick<Clue, 'details'>[],
): Record<string, unknown> {
  const details: Record<string, unknown> = { ...first };
  for (const [name, value] of Object.entries(details)) {
    if (!Array.isArray(value)) continue;
    const all = [value, ...more.map((each) => (each.details as Record<string, unknown>)[name])].flat();
    details[name] = [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
  }
  return details;
}

/** What all parts say alike. */
export function commonOf([first = {}, ...more]: readonly Part[]): Part {
  const entries = Object.entries(first) as [keyof Part, never][];
  return Object.fromEntries(entries.filter(([name, value]) => more.every((part) => part[name] === value)));
}
