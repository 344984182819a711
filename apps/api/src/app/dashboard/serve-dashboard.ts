import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiConfig } from '../../platform/config.ts';
import { MailpathError } from '../../platform/errors.ts';
import { sendProblem } from '../../platform/http/problem.filter.ts';
import { notBuilt } from './refusals.ts';

/** Where `npm run build` puts it; apps/api/src and apps/api/dist are equally deep. */
const BUILT = join(import.meta.dirname, '../../../../web/dist');
export const HOW_TO_BUILD = notBuilt();

/**
 * The addresses at which the dashboard has a page. Anything else is answered as before: an unknown path is 404 with
 * JSON, and no page of the API can be shadowed.
 */
const PAGES = [
  '/',
  '/sites',
  '/sites/*',
  '/set-up',
  '/set-up/*',
  '/settings',
  '/settings/*',
  '/sign-in',
  '/sign-in/*',
  '/account',
  '/account/*',
];
/** Beside the page, without a hash in their names. */
const FILES = ['favicon.svg', 'preferences.js'];

/**
 * No inline script or style, nothing from elsewhere, no markup made of text: what a hostile banner would need is not
 * there.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const folderOf = ({ MAILPATH_DASHBOARD: given }: ApiConfig): string =>
  given === undefined ? BUILT : resolve(given);

export const isDashboardBuilt = (config: ApiConfig): boolean =>
  existsSync(join(folderOf(config), 'index.html'));

/** Serves the built dashboard beside the API; where it has not been built, its pages say how to. */
export async function serveDashboard(app: NestFastifyApplication, config: ApiConfig): Promise<void> {
  const folder = folderOf(config);
  const http = app.getHttpAdapter().getInstance();
  if (!isDashboardBuilt(config)) {
    for (const page of PAGES)
      http.get(page, (request: FastifyRequest, reply: FastifyReply) =>
        sendProblem(new MailpathError('not-found', HOW_TO_BUILD), request, reply),
      );
    return;
  }
  // Their names hold a hash of what is in them, so they are kept for ever.
  await app.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: '1y',
    preCompressed: true,
    index: false,
  });
  // Asked for again each time and mostly answered 304: a new release is there with the next page.
  const send = (reply: FastifyReply, file: string) =>
    reply.header('cache-control', 'no-cache').sendFile(file, folder, { cacheControl: false });
  for (const file of FILES)
    if (existsSync(join(folder, file)))
      http.get(`/${file}`, (_request: FastifyRequest, reply: FastifyReply) => send(reply, file));
  for (const page of PAGES)
    http.get(page, (_request: FastifyRequest, reply: FastifyReply) =>
      send(reply.header('content-security-policy', POLICY), 'index.html'),
    );
}
