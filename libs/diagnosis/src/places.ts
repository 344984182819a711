import { type Cause, joinedCause } from './causes.ts';
import { distinct } from './look.ts';
import { isWeb } from './observe.ts';
import { kindOf } from './widen.ts';

/**
 * What is told alike of several places of mail, or of the web, each by the very same servers, is told once: one list of
 * rules lacks them, or one device treats them so, and whoever is asked for one is asked for all. Where the servers
 * differ, or where it is one of mail and one of the web, each place has a cause of its own. Pure; the order of the
 * causes does not matter.
 */
export function joinPlaces(causes: readonly Cause[]): Cause[] {
  const told = [...Map.groupBy(causes, ({ rule, clue }) => `${rule.id} ${clue.about}`).values()];
  return [...Map.groupBy(told, (own) => likenessOf(own) ?? own).values()].flatMap((group) => {
    const [first, ...more] = group;
    return first && more.length > 0 ? joined(group.flat()) : group.flat();
  });
}

/** Rule, symptom, side and servers; null for what is not compared over places. */
function likenessOf(own: readonly Cause[]): string | null {
  const [kind = null, ...others] = distinct(own.map(kindOf));
  const [side, ...sides] = distinct(own.flatMap(({ clue }) => clue.results.map(isWeb)));
  const [first] = own;
  if (!first || kind === null || others.length > 0 || side === undefined || sides.length > 0) return null;
  const servers = own.map(({ server }) => server.name).toSorted();
  return JSON.stringify([first.rule.id, kind, side ? 'web' : 'mail', ...servers]);
}

function joined(group: readonly Cause[]): Cause[] {
  const about = distinct(group.map(({ clue }) => clue.about))
    .toSorted()
    .join(' ');
  return [...Map.groupBy(group, ({ server }) => server).values()].map((own) =>
    joinedCause(
      own.toSorted((a, b) => (a.clue.about < b.clue.about ? -1 : 1)),
      about,
    ),
  );
}
