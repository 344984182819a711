import { MAX_JOIN_BYTES } from '@mailpath/protocol';

export const HEARTBEAT_MS = 15_000;
export const JOIN_WITHIN_MS = 10_000;
/** All that a socket may send before it has joined: the join, its frame's head, and answers to pings. */
export const MAX_JOIN_WIRE_BYTES = MAX_JOIN_BYTES + 256;
export const RETRY_AFTER_MS = 2_000;
/** RFC 6455: the server met a condition that keeps it from going on. */
export const SERVER_FAULT = 1011;

export const REVOKED = 'this agent was revoked: enrol it again';
