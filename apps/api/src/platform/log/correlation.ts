import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** What ties together the lines that one cause has written. */
export interface Correlation {
  /** Of the request that is being answered: `X-Request-Id` of its answer. */
  requestId?: string;
  /** What a caller, or the proxy before us, calls that request: its own `X-Request-Id`, cleaned. */
  callerRequestId?: string;
  /** Of an agent's connection: `X-Request-Id` of the answer that opened it, which the agent logs as well. */
  connectionId?: string;
}

const CALLER_ID_MAX = 64;
const current = new AsyncLocalStorage<{ ids: Correlation; isOver: boolean }>();

/** The ids of what is being done now; none once a request is answered, since what then goes on is its own. */
export function correlation(): Correlation {
  const store = current.getStore();
  return store && !store.isOver ? store.ids : {};
}

/** Every line that `work` writes carries these ids. */
export const correlated = <T>(ids: Correlation, work: () => T): T =>
  current.run({ ids, isOver: false }, work);

/** The lines of a request carry its id until it is answered. */
export function correlateRequests(http: FastifyInstance): void {
  const stores = new WeakMap<FastifyRequest, { ids: Correlation; isOver: boolean }>();
  const enter = (request: FastifyRequest, _reply: FastifyReply, next: () => void): void => {
    const store = stores.get(request) ?? { ids: requestIds(request), isOver: false };
    stores.set(request, store);
    current.run(store, next);
  };
  http.addHook('onRequest', enter);
  // Again: a body is read by events of its socket, which know nothing of the first one.
  http.addHook('preHandler', enter);
  http.addHook('onResponse', (request, _reply, next) => {
    const store = stores.get(request);
    if (store) store.isOver = true;
    next();
  });
}

/** What the lines of a request carry. */
export function requestIds(request: FastifyRequest): Correlation {
  const callerRequestId = callerIdIn(request.headers['x-request-id']);
  return { requestId: request.id, ...(callerRequestId === null ? {} : { callerRequestId }) };
}

/** What a caller sent as an id: letters, digits and `.:_-`, 64 at most; null where nothing of it is left. */
export function callerIdIn(header: string | string[] | undefined): string | null {
  const text = (Array.isArray(header) ? header[0] : header) ?? '';
  const clean = text
    .slice(0, CALLER_ID_MAX)
    .replace(/[^\w.:-]/g, '')
    .trim();
  return clean === '' ? null : clean;
}
