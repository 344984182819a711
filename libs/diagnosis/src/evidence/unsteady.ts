import type { CheckResult } from '@mailpath/protocol';
import { distinct, endpointOf, isTrouble, type RuleContext, type ServerView } from '../look.ts';
import { changesOf, type Course, courses, LEAST_ROUNDS } from './over-time.ts';

/**
 * A place that was well and was not, more than once. A fault that came once and stays has one change, one that came and
 * went has two; three are a path that does not hold.
 */
const FLAPS_AFTER = 3;

/**
 * Of lost packets more than three quarters, and it is a cut with gaps; fewer than one failure in twenty, and it may be
 * a restart.
 */
const LOSS_SHARE = { least: 0.05, most: 0.75 };

/** Failures of one kind in several places, a different one each time, in at least so many rounds. */
const LOSSY_ROUNDS = 2;

export interface Unsteady {
  kind: 'loss' | 'flapping';
  courses: readonly Course[];
  failed: number;
  all: number;
}

const failures = ({ came }: Course): number => came.filter((through) => !through).length;

/** Which places failed in each round, counted from the newest; rounds in which all came through are left out. */
function failingRounds(each: readonly Course[]): string[] {
  const longest = Math.max(...each.map(({ came }) => came.length));
  return Array.from({ length: longest }, (_, back) =>
    each
      .flatMap(({ result, came }) => (came.at(-1 - back) === false ? [endpointOf(result)] : []))
      .toSorted()
      .join(' '),
  ).filter((places) => places !== '');
}

/** Lost packets hit now this and now that, and all that is seen of them is that nothing came. */
function isLoss(changing: readonly Course[], failed: number, all: number): boolean {
  const rounds = failingRounds(changing);
  return (
    distinct(changing.map(({ result }) => endpointOf(result))).length > 1 &&
    changing.every(({ codes }) => codes.every((code) => code === 'timeout' || code === 'resolver-failed')) &&
    failed / all >= LOSS_SHARE.least &&
    failed / all <= LOSS_SHARE.most &&
    rounds.length >= LOSSY_ROUNDS &&
    distinct(rounds).length > 1
  );
}

/** How many rounds in a row, from `came`, were well, each time that they were. */
const wellSpells = (came: readonly boolean[]): number[] =>
  came
    .map((through) => (through ? '+' : ' '))
    .join('')
    .split(' ')
    .map(({ length }) => length);

/** Fewer rounds than these are luck, whatever was before. */
const WELL_AGAIN = 2;

/** Well for longer than it ever was between two failures: that is over, until it comes again. */
function isOver({ came }: Course): boolean {
  const first = came.indexOf(false);
  const spells = wellSpells(came.slice(first));
  const now = spells.pop() ?? 0;
  return now >= WELL_AGAIN && now > Math.max(0, ...spells);
}

/** What several rounds of a server show that none of them shows by itself; null where they do not, or are not known. */
export function unsteady(server: ServerView): Unsteady | null {
  const long = courses(server).filter(({ came }) => came.length >= LEAST_ROUNDS);
  const changing = long.filter((course) => failures(course) > 0 && course.came.includes(true));
  // Lost packets hit one place and then another: only all of them together are well again.
  if (changing.every(isOver)) return null;
  const failed = long.reduce((sum, course) => sum + failures(course), 0);
  const all = long.reduce((sum, { came }) => sum + came.length, 0);
  if (isLoss(changing, failed, all)) return { kind: 'loss', courses: changing, failed, all };
  const flapping = changing.filter((course) => changesOf(course) >= FLAPS_AFTER && !isOver(course));
  return flapping.length > 0 ? { kind: 'flapping', courses: flapping, failed, all } : null;
}

/**
 * What of it the newest round shows: what failed and nothing explains, or, where all of it is well again, what has
 * failed.
 */
export function newestOf({ courses: each }: Unsteady, { unexplained }: RuleContext): CheckResult[] {
  const results = each.map(({ result }) => result);
  const failing = results.filter((result) => unexplained.includes(result) && isTrouble(result));
  return failing.length > 0 ? failing : results.filter((result) => !isTrouble(result));
}
