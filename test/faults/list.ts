import type { Fault } from './fault.ts';
import { floodOfJoins } from './joins.ts';

/** Every fault, one line each, in the order in which they are run. One file beside this one for each family. */
export const FAULTS: readonly Fault[] = [floodOfJoins];
