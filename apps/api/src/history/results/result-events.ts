import type { Delivery } from '@mailpath/protocol';
import type { Reporter } from '../../estate/connections/reporter.ts';
import { eventKind } from '../../platform/events/event-bus.ts';

/** An agent brought something new, whoever asked for it. It is committed, and nobody waits for what follows. */
export const BATCH_STORED = eventKind<Reporter>('batch-stored');

/**
 * Results that runs asked for, just committed, each told once; the agent is told that they are when all listeners have
 * ended.
 */
export const RUN_RESULTS_STORED = eventKind<{ reporter: Reporter; deliveries: readonly Delivery[] }>(
  'run-results-stored',
);
