import { Controller, Delete, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Id } from '../../platform/fields.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { decodeCursor, type Page, PageQuery, toPage } from '../../platform/page.ts';
import { SitesService } from '../../estate/sites/sites.service.ts';
import { type Agent, AgentPage } from '../../estate/servers/agent.ts';
import { AgentsService } from './agents.service.ts';

@ApiTags('Agents')
@Controller('v1/sites/:siteId/agents')
export class AgentsController {
  constructor(
    private readonly sites: SitesService,
    private readonly agents: AgentsService,
  ) {}

  @Get()
  @Operation({
    id: 'listAgents',
    needs: 'viewer',
    summary: 'List the agents of a site, revoked ones included, newest first',
    answer: { schema: AgentPage, description: 'Agents with their state and the facts of their machines.' },
    problems: ['validation', 'not-found'],
  })
  async list(
    @Param('siteId', { schema: Id }) siteId: string,
    @Query({ schema: PageQuery }) { limit, cursor }: PageQuery,
  ): Promise<Page<Agent>> {
    const before = decodeCursor(cursor, z.tuple([z.uuid()]))?.[0];
    await this.sites.get(siteId);
    const agents = await this.agents.list(siteId, limit + 1, before);
    return toPage(
      agents,
      limit,
      ({ id }) => [id],
      (agent) => agent,
    );
  }

  @Delete(':agentId')
  @Operation({
    id: 'revokeAgent',
    needs: 'administrator',
    summary: 'Revoke an agent: its connection ends now and its key is refused from now on',
    description: 'What it has reported stays. To let the server report again, enrol it with a new code.',
    answer: { status: 204, description: 'Revoked.' },
    problems: ['validation', 'not-found'],
  })
  revoke(
    @Param('siteId', { schema: Id }) siteId: string,
    @Param('agentId', { schema: Id }) agentId: string,
  ): Promise<void> {
    return this.agents.revoke(siteId, agentId);
  }
}
