import type { VerifyClientCallbackAsync } from 'ws';

/**
 * No page of any origin opens the agents' socket: a browser always says where a page comes from, `null` included, and
 * an
 * agent never does (RFC 6455, section 10.2).
 */
export const refusePages: VerifyClientCallbackAsync = ({ req }, done) =>
  req.headers.origin === undefined
    ? done(true)
    : done(false, 403, 'This socket is for agents, not for pages.');
