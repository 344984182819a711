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
import { JsonLogger } from '../platform/logger.ts';
import { sendProblem } from '../platform/http/problem.filter.ts';
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
  const proxies = new TrustedProxies(config.MAILPATH_TRUSTED_PROXIES);
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    // An id of our own making: one sent by the caller could be anything, and it goes into the log.
    genReqId: () => randomUUID(),
    // Requests that do not reach a route, such as an undecodable path, are answered like all others.
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(toMailpathError(error), request, reply),
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
      logger: new JsonLogger(config.MAILPATH_LOG_LEVEL),
      bodyParser: false,
      abortOnError: false,
    },
  );
  await configureApp(app, config, options.onAnswer);
  serveDownloads(app);
  await serveDashboard(app, config);
  return app;
}
