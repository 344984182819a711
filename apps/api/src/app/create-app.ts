import { randomUUID } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppModule } from './app.module.ts';
import { TrustedProxies } from '../platform/caller-address.ts';
import type { ApiConfig } from '../platform/config.ts';
import type { OnAnswer } from '../platform/http/answers.ts';
import { configureApp } from './configure-app.ts';
import { serveDownloads } from '../fleet/downloads/serve-downloads.ts';
import { serveDashboard } from './dashboard/serve-dashboard.ts';
import { fastifyLog } from '../platform/log/fastify-log.ts';
import { createLog } from '../platform/log/log.ts';
import { NestLog } from '../platform/log/nest-log.ts';
import { sendProblem } from '../platform/http/problem.filter.ts';
import { refuseUnread } from '../platform/http/unread-requests.ts';
import { toMailpathError } from '../platform/problem.ts';

const BODY_LIMIT_BYTES = 1024 * 1024;
/** For a whole request, its body included. */
const REQUEST_MS = 60_000;
/** An answer of which nothing is read for so long is given up; streams of events have a limit of their own. */
const STALLED_MS = 120_000;

/**
 * The whole application, ready to listen; main, the tests and the commands make the same one. The tables must be there.
 */
export async function createApp(
  config: ApiConfig,
  databaseUrl: string,
  options: { connect?: boolean; onAnswer?: OnAnswer } = {},
): Promise<NestFastifyApplication> {
  const log = createLog(config.MAILPATH_LOG_LEVEL);
  const proxies = new TrustedProxies(config.MAILPATH_TRUSTED_PROXIES);
  const adapter = new FastifyAdapter({
    ...fastifyLog(log),
    bodyLimit: BODY_LIMIT_BYTES,
    // An id of our own making, so that no two requests share one; what a caller calls it is logged beside it.
    genReqId: () => randomUUID(),
    // Requests that do not reach a route, such as an undecodable path, are answered like all others.
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(toMailpathError(error), request, reply),
    clientErrorHandler: refuseUnread,
    // Idle keep-alive connections of browsers would hold up the end for minutes.
    forceCloseConnections: 'idle',
    // Behind a proxy that was set the caller's own address counts, for the limit on enrolment attempts.
    trustProxy: (address: string) => proxies.has(address),
    // Ten seconds from the first byte that is missing: heads in 9, and whoever is late is found within one more.
    http: { headersTimeout: 9_000, connectionsCheckingInterval: 1_000 },
    requestTimeout: REQUEST_MS,
    connectionTimeout: STALLED_MS,
    // A user name in a path: 320 characters, each of which may be four bytes of three characters (RFC 3986, section
    // 2.1).
    routerOptions: { maxParamLength: 320 * 12 },
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(config, databaseUrl, options),
    adapter,
    {
      logger: new NestLog(log),
      bodyParser: false,
      abortOnError: false,
    },
  );
  await configureApp(app, config, { log, ...options });
  serveDownloads(app);
  await serveDashboard(app, config);
  return app;
}
