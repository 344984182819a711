import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { Logger } from 'pino';
import { AgentSocketAdapter } from './socket/agent-socket.adapter.ts';
import { createDocument } from '../platform/openapi/document.ts';
import type { ApiConfig } from '../platform/config.ts';
import { AuditLog } from '../trust/audit/audit-log.service.ts';
import { recordRequests } from '../trust/audit/record-requests.ts';
import { AllowedMethods } from '../platform/http/allowed-methods.ts';
import { type OnAnswer, tellAnswers } from '../platform/http/answers.ts';
import { addEntityTags } from '../platform/http/entity-tag.ts';
import { refuseOtherNames } from '../platform/http/named-host.ts';
import { addJsonParser } from '../platform/http/json-body.ts';
import { addPlugins } from '../platform/http/plugins.ts';
import { ProblemFilter } from '../platform/http/problem.filter.ts';
import { correlateRequests } from '../platform/log/correlation.ts';
import { logAnswers } from '../platform/log/fastify-log.ts';
import { markRequests } from '../platform/database/on-behalf-of-requests.ts';
import { SchemaPipe } from '../platform/schema.pipe.ts';
import { addFormParser } from '../work/sign-ins/start-form.ts';
import { boundAnswers, boundBodies } from '../platform/http/slow-callers.ts';
import { addAnswerHeaders } from '../platform/http/answer-headers.ts';
import { TrustedProxies } from '../platform/caller-address.ts';
import { boundSilentConnections } from './socket/silent-connections.ts';
import { endUnreadUpgrades } from './socket/unread-upgrades.ts';

/** Everything between the socket and a handler; before listen, and the same in main and in the tests. */
export async function configureApp(
  app: NestFastifyApplication,
  config: ApiConfig,
  { log, onAnswer }: { log: Logger; onAnswer?: OnAnswer },
): Promise<NestFastifyApplication> {
  const http = app.getHttpAdapter().getInstance();
  const methods = new AllowedMethods(http);
  app.useWebSocketAdapter(new AgentSocketAdapter(app));
  endUnreadUpgrades(app.getHttpServer());
  boundSilentConnections(app.getHttpServer(), new TrustedProxies(config.MAILPATH_TRUSTED_PROXIES));
  app.useGlobalPipes(new SchemaPipe());
  app.useGlobalFilters(new ProblemFilter(methods));
  // Fastify takes plain text as well by default, and then a handler would be given a string.
  http.removeContentTypeParser('text/plain');
  addJsonParser(http);
  addFormParser(http);
  correlateRequests(http);
  markRequests(http);
  logAnswers(http, log);
  addAnswerHeaders(http);
  recordRequests(http, app.get(AuditLog));
  refuseOtherNames(http, config);
  // Before compression: a tag is of what is said, not of how it is packed.
  addEntityTags(http);
  if (onAnswer) tellAnswers(http, onAnswer);
  boundAnswers(http);
  await addPlugins(app, config);
  boundBodies(http);
  SwaggerModule.setup('docs', app, () => createDocument(app), {
    raw: ['json'],
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'Mailpath API',
    // The page asks no third party to look at the document.
    swaggerOptions: { validatorUrl: null },
  });
  return app;
}
