import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { limitKey } from '../caller-address.ts';
import type { ApiConfig } from '../config.ts';
import { MailpathError } from '../errors.ts';
import { RequestWindows } from './request-windows.ts';
import { tooManyOfAddress } from '../refusals.ts';

/** Below this an answer fits into a few packets, and compressing it costs more than it saves. */
const COMPRESS_FROM_BYTES = 4096;

/**
 * By measure of a comparison of 13 MB: the next levels up save a tenth of the bytes, and take half as long again (`npm
 * run bench:comparison`).
 */
export const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 2 } };
export const GZIP = { level: 1 };

/** Swagger UI is a page with styles of its own and drawings in its style sheet; nothing of it comes from elsewhere. */
const REFERENCE_POLICY = {
  useDefaults: false,
  directives: {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:'],
    'connect-src': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
  },
};
const REFERENCE = /^\/docs(?:\/|$)/;

/** Security headers, limit and compression, in this order, for every route that is added from now on. */
export async function addPlugins(app: NestFastifyApplication, config: ApiConfig): Promise<void> {
  // Before helmet, which reads what a route says of it.
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRoute', (route) => {
      if (REFERENCE.test(route.url)) route.helmet = { contentSecurityPolicy: REFERENCE_POLICY };
    });
  await app.register(helmet, {
    // Answers of the API are no pages: whatever loads one as a page gets nothing to run.
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"], 'base-uri': ["'none'"] },
    },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    // Over plain HTTP browsers ignore it; behind a proxy that speaks HTTPS it holds for Mailpath's own name alone.
    hsts: config.MAILPATH_PUBLIC_URL?.startsWith('https:') ? { includeSubDomains: false } : false,
  });
  await app.register(rateLimit, {
    max: config.MAILPATH_REQUESTS_PER_MINUTE,
    timeWindow: 60_000,
    store: RequestWindows,
    // By address: a caller without a valid key could send another one each time.
    keyGenerator: (request) => limitKey(request.ip),
    enableDraftSpec: true,
    errorResponseBuilder: (_, { ttl }) => tooMany(Math.ceil(ttl / 1_000)),
  });
  await app.register(compress, {
    threshold: COMPRESS_FROM_BYTES,
    encodings: ['br', 'gzip'],
    brotliOptions: BROTLI,
    zlibOptions: GZIP,
    inflateIfDeflated: false,
  });
}

const tooMany = (seconds: number): MailpathError =>
  new MailpathError('too-many-requests', tooManyOfAddress({ seconds }), { retryAfterSeconds: seconds });
