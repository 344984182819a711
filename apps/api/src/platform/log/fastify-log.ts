import { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { requestIds } from './correlation.ts';

/**
 * What Fastify is handed for its own lines. Of requests it says nothing: its lines hold whole addresses, and what a
 * caller puts into a query is not ours to keep; `logAnswers` writes them by their routes. What it notes of connections
 * that anybody can break is of use in no log.
 */
export const fastifyLog = (
  log: Logger,
): { loggerInstance: FastifyBaseLogger; logController: LogController } => ({
  loggerInstance: log.child({ area: 'Fastify' }, { level: log.level === 'error' ? 'error' : 'warn' }),
  logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
});

/** A line for each answer, at the level `debug`: method, route, status and how long it took. */
export function logAnswers(http: FastifyInstance, log: Logger): void {
  if (!log.isLevelEnabled('debug')) return;
  const own = log.child({ area: 'Http' });
  http.addHook('onResponse', (request, reply, next) => {
    own.debug({
      event: 'answered',
      method: request.method,
      route: request.routeOptions.url ?? '(no route)',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      // It is answered, so that nothing else says which one it was.
      ...requestIds(request),
    });
    next();
  });
}
