import { Module } from '@nestjs/common';
import { ServersModule } from '../../estate/servers/servers.module.ts';
import { SitesModule } from '../../estate/sites/sites.module.ts';
import { ConnectionsModule } from '../../estate/connections/connections.module.ts';
import { AgentClocks } from './agent-clocks.ts';
import { AgentsController } from './agents.controller.ts';
import { AgentsService } from './agents.service.ts';
import { AssignmentsService } from './assignments.service.ts';

@Module({
  imports: [ConnectionsModule, SitesModule, ServersModule],
  controllers: [AgentsController],
  providers: [AgentClocks, AgentsService, AssignmentsService],
  exports: [ConnectionsModule, AgentClocks, AgentsService, AssignmentsService],
})
export class AgentsModule {}
