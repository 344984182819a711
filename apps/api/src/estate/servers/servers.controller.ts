import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Id } from '../../platform/fields.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { PageQuery, type Page } from '../../platform/page.ts';
import { type Condition, IfMatch } from '../../platform/http/version.ts';
import { Server, SERVER_FIELDS, ServerChange, ServerCreation, ServerPage } from './server.ts';
import { ServersService } from './servers.service.ts';

@ApiTags('Servers')
@Controller('v1/sites/:siteId/servers')
export class ServersController {
  constructor(private readonly servers: ServersService) {}

  @Get()
  @Operation({
    id: 'listServers',
    needs: 'viewer',
    summary: 'List the servers of a site',
    answer: {
      schema: ServerPage,
      description: 'One page of servers, oldest first; retired ones are left out.',
    },
    problems: ['validation', 'not-found'],
  })
  list(
    @Param('siteId', { schema: Id }) siteId: string,
    @Query({ schema: PageQuery }) query: PageQuery,
  ): Promise<Page<Server>> {
    return this.servers.list(siteId, query);
  }

  @Post()
  @Operation({
    id: 'createServer',
    needs: 'administrator',
    summary: 'Add a server to a site',
    answer: {
      status: 201,
      schema: Server,
      description: 'The server. Enrol its agent with an enrolment code.',
    },
    problems: ['validation', 'not-found', 'conflict'],
    location: '/v1/sites/{siteId}/servers/{id}',
    version: SERVER_FIELDS,
    idempotent: true,
  })
  create(
    @Param('siteId', { schema: Id }) siteId: string,
    @Body({ schema: ServerCreation }) body: ServerCreation,
  ): Promise<Server> {
    return this.servers.create(siteId, body);
  }

  @Get(':serverId')
  @Operation({
    id: 'getServer',
    needs: 'viewer',
    summary: 'Read a server, and whether its agent is connected',
    answer: { schema: Server, description: 'The server.' },
    problems: ['validation', 'not-found'],
    version: SERVER_FIELDS,
  })
  get(
    @Param('siteId', { schema: Id }) siteId: string,
    @Param('serverId', { schema: Id }) serverId: string,
  ): Promise<Server> {
    return this.servers.get(siteId, serverId);
  }

  @Patch(':serverId')
  @Operation({
    id: 'changeServer',
    needs: 'administrator',
    summary: 'Change the name or the roles of a server',
    answer: { schema: Server, description: 'The server as it is now; its agent is told at once.' },
    problems: ['validation', 'not-found', 'conflict'],
    version: SERVER_FIELDS,
    conditional: true,
  })
  change(
    @Param('siteId', { schema: Id }) siteId: string,
    @Param('serverId', { schema: Id }) serverId: string,
    @Body({ schema: ServerChange }) body: ServerChange,
    @IfMatch() condition: Condition,
  ): Promise<Server> {
    return this.servers.change(siteId, serverId, body, condition);
  }

  @Delete(':serverId')
  @Operation({
    id: 'retireServer',
    needs: 'administrator',
    summary: 'Retire a server',
    description:
      'Its agent is revoked and its column disappears; its history stays, and its name becomes free.',
    answer: { status: 204, description: 'The server is retired.' },
    problems: ['validation', 'not-found'],
    conditional: true,
  })
  retire(
    @Param('siteId', { schema: Id }) siteId: string,
    @Param('serverId', { schema: Id }) serverId: string,
    @IfMatch() condition: Condition,
  ): Promise<void> {
    return this.servers.retire(siteId, serverId, condition);
  }
}
