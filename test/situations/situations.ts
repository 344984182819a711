/**
 * Everything that the diagnosis is measured by: what goes wrong at a site of five servers, and what has to be said of
 * it.
 */
import { PAIRS } from './pairs.ts';
import { SINGLES } from './singles.ts';
import { FIRST_LOOK } from './first-look/first-look.ts';
import type { Recordable, Situation } from './situation.ts';

export const HEALTHY: Situation = { name: 'all is well', faults: [], expected: [] };

export const SITUATIONS: readonly Situation[] = [HEALTHY, ...SINGLES, ...PAIRS];

/** Everything that is recorded, in an order that all processes know. */
export const RECORDABLE: readonly Recordable[] = [...SITUATIONS, ...FIRST_LOOK];

/** The situation of that name. */
export function situation(name: string): Situation {
  const one = SITUATIONS.find((each) => each.name === name);
  if (!one) throw new Error(`there is no situation "${name}"`);
  return one;
}
