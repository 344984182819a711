import { eventKind } from '../../platform/events/event-bus.ts';

/** Settings, servers or mailboxes of the site are not what they were; its id. */
export const SITE_CHANGED = eventKind<string>('site-changed');

/** An agent may not join any more; its id. */
export const AGENT_REVOKED = eventKind<string>('agent-revoked');

/** An agent may not be lent anything any more; its id. */
export const APPROVAL_WITHDRAWN = eventKind<string>('approval-withdrawn');
