import type { FastifyInstance } from 'fastify';

/** What every answer carries beside the headers of @fastify/helmet: the id of its request, and who may keep it. */
export function addAnswerHeaders(http: FastifyInstance): void {
  http.addHook('onRequest', (request, reply, next) => {
    void reply.header('x-request-id', request.id);
    // Answers of the API hold keys and addresses: no cache on the path keeps them.
    if (request.url.startsWith('/v1/')) void reply.header('cache-control', 'no-store');
    next();
  });
}
