import { Module } from '@nestjs/common';
import { LeasesModule } from '../leases/leases.module.ts';
import { ResultsModule } from '../results/results.module.ts';
import { SitesModule } from '../sites/sites.module.ts';
import { AgentSessionsModule } from './agent-sessions.module.ts';
import { AgentsController } from './agents.controller.ts';
import { AgentsGateway } from './agents.gateway.ts';
import { AgentsService } from './agents.service.ts';
import { AssignmentsService } from './assignments.service.ts';
import { JoinDesk } from './join-desk.service.ts';

@Module({
  imports: [AgentSessionsModule, SitesModule, ResultsModule, LeasesModule],
  controllers: [AgentsController],
  providers: [AgentsGateway, AgentsService, AssignmentsService, JoinDesk],
  exports: [AgentSessionsModule, AgentsService, AssignmentsService],
})
export class AgentsModule {}
