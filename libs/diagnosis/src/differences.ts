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

const BEST_FIRST: readonly Outcome[] = ['pass', 'warn', 'throttled', 'fail', 'skipped'];

const signature = ({ answer }: Sibling): string =>
  answer ? [answer.outcome, answer.phase, answer.code].filter((part) => part !== null).join(':') : '';

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
  const [[, measure] = ['', []], ...others] = ranked;
  const reference = measure[0];
  if (!reference?.answer) return [];
  const names = measure.map(({ serverName }) => serverName).sort();
  const usual = answer(reference.answer, measure.length > 1);
  return others
    .flatMap(([, odd]) => odd)
    .flatMap((odd) => (odd.answer ? [{ ...odd, answer: odd.answer }] : []))
    .map((odd) => ({
      serverId: odd.serverId,
      role,
      from: measure.map(({ serverId }) => serverId),
      sentence: sentence(odd.serverName, answer(odd.answer, false), names, usual),
    }));
}

const rank = ([sibling]: readonly Sibling[]): number =>
  BEST_FIRST.indexOf(sibling?.answer?.outcome ?? 'skipped');
