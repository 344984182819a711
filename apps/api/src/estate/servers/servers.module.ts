import { Module } from '@nestjs/common';
import { ConnectionsModule } from '../connections/connections.module.ts';
import { SitesModule } from '../sites/sites.module.ts';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AgentKeys } from './agent-keys.service.ts';
import { AgentEntity } from './agent.entity.ts';
import { ApprovalsController } from './approvals.controller.ts';
import { ApprovalsService } from './approvals.service.ts';
import { EnrolledAgents } from './enrolled-agents.service.ts';
import { ServerEntity } from './server.entity.ts';
import { ServersController } from './servers.controller.ts';
import { ServersService } from './servers.service.ts';

@Module({
  imports: [TypeOrmModule.forFeature([AgentEntity, ServerEntity]), SitesModule, ConnectionsModule],
  controllers: [ServersController, ApprovalsController],
  providers: [ServersService, ApprovalsService, EnrolledAgents, AgentKeys],
  exports: [ServersService, EnrolledAgents, AgentKeys],
})
export class ServersModule {}
