import { eventKind } from '../../platform/events/event-bus.ts';

/** A run has begun, or less is expected of it; the id of its site. Answers are told as results. */
export const RUN_CHANGED = eventKind<string>('run-changed');
