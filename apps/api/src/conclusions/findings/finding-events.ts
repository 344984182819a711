import { eventKind } from '../../platform/events/event-bus.ts';

/** Findings of the site have opened, closed, or say something else, and that is stored; its id. */
export const FINDINGS_CHANGED = eventKind<string>('findings-changed');
