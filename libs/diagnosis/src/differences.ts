import type { Difference, Language, Outcome, Role } from '@mailpath/protocol';
import { CATALOGUES } from './words/catalogue.ts';
import type { Answering } from './words/frame.ts';

/** One server's present answer in one row of the comparison. */
export interface Sibling {
  serverId: string;
  serverName: string;
  roles: readonly Role[];
  /** null when there is no result, or none that says anything of now. */
  answer: Answering | null;
}

/** So many siblings are named; a row of a thousand servers would otherwise name each of them in each of its cells. */
export const NAMED_SIBLINGS = 10;

const BEST_FIRST: readonly Outcome[] = ['pass', 'warn', 'throttled', 'fail', 'skipped'];

const signature = ({ answer }: Sibling): string => {
  if (!answer) return '';
  const { outcome, phase, code } = answer;
  return phase === null && code === null
    ? outcome
    : [outcome, phase, code].filter((part) => part !== null).join(':');
};

/**
 * The cells of one row that are not like their siblings of the same role. What most siblings answer is the measure, the
 * better answer where there is a tie; servers that have nothing to say are left out. The order of siblings does not
 * matter to which cells are named. Pure.
 */
export function differences(siblings: readonly Sibling[], language: Language = 'en'): Difference[] {
  const roles: readonly Role[] = ['services', 'application'];
  return roles.flatMap((role) =>
    differencesWithin(
      role,
      siblings.filter((s) => s.roles.includes(role)),
      language,
    ),
  );
}

function differencesWithin(role: Role, all: readonly Sibling[], language: Language): Difference[] {
  const { answer, sentence } = CATALOGUES[language].frame.difference;
  const answering = all.filter(({ answer }) => answer !== null && answer.outcome !== 'skipped');
  const groups = Map.groupBy(answering, signature);
  if (groups.size < 2) return [];
  const ranked = [...groups].sort(
    ([a, first], [b, second]) =>
      second.length - first.length || rank(first) - rank(second) || (a < b ? -1 : 1),
  );
  const [[, measure] = ['', []], ...unlike] = ranked;
  const reference = measure[0];
  if (!reference?.answer) return [];
  const named = measure.slice(0, NAMED_SIBLINGS);
  const from = named.map(({ serverId }) => serverId);
  const others = {
    names: named.map(({ serverName }) => serverName).sort(),
    more: measure.length - from.length,
  };
  const usual = answer(reference.answer, measure.length > 1);
  return unlike
    .flatMap(([, odd]) => odd)
    .flatMap((odd) => (odd.answer ? [{ ...odd, answer: odd.answer }] : []))
    .map((odd) => ({
      serverId: odd.serverId,
      role,
      from,
      siblings: measure.length,
      sentence: sentence(odd.serverName, answer(odd.answer, false), others, usual),
    }));
}

const rank = ([sibling]: readonly Sibling[]): number =>
  BEST_FIRST.indexOf(sibling?.answer?.outcome ?? 'skipped');
