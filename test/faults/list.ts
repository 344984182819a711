import { clocksAhead } from './clocks-ahead.ts';
import { damagedOutboxes } from './damaged-outboxes.ts';
import type { Fault } from './fault.ts';
import { floodOfJoins } from './joins.ts';
import { hostileFrames } from './hostile-frames.ts';
import { outboxSequences } from './outbox-sequences.ts';

/** Every fault, one line each, in the order in which they are run. One file beside this one for each family. */
export const FAULTS: readonly Fault[] = [
  floodOfJoins,
  damagedOutboxes,
  outboxSequences,
  clocksAhead,
  hostileFrames,
];
