import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const asked = new AsyncLocalStorage<true>();

/** What agents ask of us over HTTP, and who watches over us, are no readers. */
const NOT_READERS = /^\/(?:health\/|v1\/agents\/(?:challenges|batches)(?:$|\?))/;

/** Whether what happens now happens because somebody sent a request, and waits for its answer. */
export const isOnBehalfOfRequest = (): boolean => asked.getStore() === true;

/** What follows from a request, and is nothing that its answer waits for. */
export const onOwnBehalf = <T>(work: () => T): T => asked.exit(work);

/** Marks requests, so that the database lends them connections of their own and no others. */
export function markRequests(http: FastifyInstance): void {
  const mark = ({ url }: FastifyRequest, _reply: FastifyReply, next: () => void): void => {
    if (NOT_READERS.test(url)) next();
    else asked.run(true, next);
  };
  http.addHook('onRequest', mark);
  // Again: a body is read by events of its socket, which know nothing of the first mark.
  http.addHook('preHandler', mark);
}
