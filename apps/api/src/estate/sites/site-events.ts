import { eventKind } from '../../platform/events/event-bus.ts';

/** Settings, servers or mailboxes of the site are not what they were; its id. */
export const SITE_CHANGED = eventKind<string>('site-changed');

/** An agent may not join any more; its id. */
export const AGENT_REVOKED = eventKind<string>('agent-revoked');

/** The keys by which an agent may join are others than before; its id. */
export const AGENT_KEYS_CHANGED = eventKind<string>('agent-keys-changed');

/** An agent may not be lent anything any more; its id. */
export const APPROVAL_WITHDRAWN = eventKind<string>('approval-withdrawn');
