import type { FastifyInstance } from 'fastify';

/** The headers that every answer carries. Set early, so that refusals of the framework have them too. */
export function addSecurityHeaders(http: FastifyInstance): void {
  http.addHook('onRequest', (request, reply, next) => {
    void reply.headers({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'x-request-id': request.id,
    });
    // Answers of the API hold keys and addresses: no cache on the way keeps them.
    if (request.url.startsWith('/v1/')) void reply.header('cache-control', 'no-store');
    next();
  });
}
