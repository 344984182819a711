import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { AgentSocketAdapter } from './socket/agent-socket.adapter.ts';
import { createDocument } from '../platform/openapi/document.ts';
import { ProblemFilter } from '../platform/problem.filter.ts';
import { SchemaPipe } from '../platform/schema.pipe.ts';
import { addFormParser } from '../work/sign-ins/start-form.ts';
import { addSecurityHeaders } from '../platform/security-headers.ts';
import { endUnreadUpgrades } from './socket/unread-upgrades.ts';

/** Everything between the socket and a handler; before listen, and the same in main and in the tests. */
export function configureApp(app: NestFastifyApplication): NestFastifyApplication {
  app.useWebSocketAdapter(new AgentSocketAdapter(app));
  endUnreadUpgrades(app.getHttpServer());
  app.useGlobalPipes(new SchemaPipe());
  app.useGlobalFilters(new ProblemFilter());
  // Fastify takes plain text as well by default, and then a handler would be given a string.
  app.getHttpAdapter().getInstance().removeContentTypeParser('text/plain');
  addFormParser(app.getHttpAdapter().getInstance());
  addSecurityHeaders(app.getHttpAdapter().getInstance());
  SwaggerModule.setup('docs', app, () => createDocument(app), {
    raw: ['json'],
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'Mailpath API',
    // The page asks no third party to look at the document.
    swaggerOptions: { validatorUrl: null },
  });
  return app;
}
