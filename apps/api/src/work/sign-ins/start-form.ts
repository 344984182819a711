import type { FastifyInstance } from 'fastify';

const FORM = 'application/x-www-form-urlencoded';

/** The one form that a browser posts here has nothing but its button; everywhere else forms are refused as before. */
export function addFormParser(http: FastifyInstance): void {
  http.addContentTypeParser(FORM, { parseAs: 'string', bodyLimit: 1024 }, (request, _body, done) => {
    if (request.routeOptions.url === '/v1/sign-ins/start') return done(null, undefined);
    const refusal = Object.assign(new Error('forms are not taken here'), {
      code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE',
      statusCode: 415,
    });
    done(refusal);
  });
}
