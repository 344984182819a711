/**
 * The first-look sets, judged once when they are first met: one to three by somebody who had not read the rules, four
 * and five by whoever had fixed them, of what no rule was written for, six to nine each by another author who had
 * not read the rules.
 */
import { EIGHT } from './eight/eight.ts';
import { FIVE } from './five/five.ts';
import { FOUR } from './four/four.ts';
import { NINE } from './nine/nine.ts';
import { SEVEN } from './seven/seven.ts';
import { SIX } from './six/six.ts';
import { ONE } from './one/one.ts';
import { THREE } from './three/three.ts';
import type { FirstLook } from './situation.ts';
import { TWO } from './two/two.ts';

export const SETS = {
  one: ONE,
  two: TWO,
  three: THREE,
  four: FOUR,
  five: FIVE,
  six: SIX,
  seven: SEVEN,
  eight: EIGHT,
  nine: NINE,
} as const satisfies Record<string, readonly FirstLook[]>;

export const FIRST_LOOK: readonly FirstLook[] = [
  ...ONE,
  ...TWO,
  ...THREE,
  ...FOUR,
  ...FIVE,
  ...SIX,
  ...SEVEN,
  ...EIGHT,
  ...NINE,
];
