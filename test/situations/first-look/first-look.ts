/** The three first-look sets: written by somebody who had not read the rules, judged once when they are first met. */
import { ONE } from './one/one.ts';
import { THREE } from './three/three.ts';
import type { FirstLook } from './situation.ts';
import { TWO } from './two/two.ts';

export const SETS = { one: ONE, two: TWO, three: THREE } as const satisfies Record<
  string,
  readonly FirstLook[]
>;

export const FIRST_LOOK: readonly FirstLook[] = [...ONE, ...TWO, ...THREE];
