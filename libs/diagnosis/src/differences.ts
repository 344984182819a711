import type { Difference, FailureCode, Outcome, Phase, Role } from '@mailpath/protocol';
import { enumerate } from './wording.ts';

/** One server's present answer in one row of the comparison. */
export interface Sibling {
  serverId: string;
  serverName: string;
  roles: readonly Role[];
  /** null when there is no result, or none that says anything of now. */
  answer: { outcome: Outcome; phase: Phase | null; code: FailureCode | null } | null;
}

const BEST_FIRST: readonly Outcome[] = ['pass', 'warn', 'throttled', 'fail', 'skipped'];

const signature = ({ answer }: Sibling): string =>
  answer ? [answer.outcome, answer.phase, answer.code].filter((part) => part !== null).join(':') : '';

function inWords({ answer }: Sibling, plural: boolean): string {
  if (answer?.outcome === 'pass') return plural ? 'pass' : 'passes';
  if (answer?.outcome === 'warn') return plural ? 'pass with a warning' : 'passes with a warning';
  if (answer?.outcome === 'throttled') return plural ? 'are throttled' : 'is throttled';
  const where = answer?.phase ? ` in ${answer.phase}` : '';
  return `${plural ? 'fail' : 'fails'}${where}${answer?.code ? ` (${answer.code})` : ''}`;
}

/**
 * The cells of one row that are not like their siblings of the same role. What most siblings answer is the measure, the
 * better answer where there is a tie; servers that have nothing to say are left out. The order of siblings does not matter
 * to which cells are named. Pure.
 */
export function differences(siblings: readonly Sibling[]): Difference[] {
  const roles: readonly Role[] = ['services', 'application'];
  return roles.flatMap((role) =>
    differencesWithin(
      role,
      siblings.filter((s) => s.roles.includes(role)),
    ),
  );
}

function differencesWithin(role: Role, all: readonly Sibling[]): Difference[] {
  const answering = all.filter(({ answer }) => answer !== null && answer.outcome !== 'skipped');
  const groups = Map.groupBy(answering, signature);
  if (groups.size < 2) return [];
  const ranked = [...groups].sort(
    ([a, first], [b, second]) =>
      second.length - first.length || rank(first) - rank(second) || (a < b ? -1 : 1),
  );
  const [[, measure] = ['', []], ...others] = ranked;
  const reference = measure[0];
  if (!reference) return [];
  const names = enumerate(measure.map(({ serverName }) => serverName).sort());
  return others
    .flatMap(([, odd]) => odd)
    .map((odd) => ({
      serverId: odd.serverId,
      role,
      from: measure.map(({ serverId }) => serverId),
      sentence: `${odd.serverName} ${inWords(odd, false)}, ${names} ${inWords(reference, measure.length > 1)}.`,
    }));
}

const rank = ([sibling]: readonly Sibling[]): number =>
  BEST_FIRST.indexOf(sibling?.answer?.outcome ?? 'skipped');
