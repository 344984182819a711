import { Module } from '@nestjs/common';
import { NoticesModule } from '../../platform/database/notices.module.ts';
import { ServersModule } from '../../estate/servers/servers.module.ts';
import { SitesModule } from '../../estate/sites/sites.module.ts';
import { ConnectionsModule } from '../../estate/connections/connections.module.ts';
import { AuditModule } from '../../trust/audit/audit.module.ts';
import { AgentClocks } from './agent-clocks.ts';
import { AgentsController } from './agents.controller.ts';
import { AgentsService } from './agents.service.ts';
import { AssignmentsService } from './assignments.service.ts';
import { Clones } from './clones.service.ts';
import { KeyRotations } from './key-rotations.service.ts';
import { KeysController } from './keys.controller.ts';

@Module({
  imports: [NoticesModule, ConnectionsModule, SitesModule, ServersModule, AuditModule],
  controllers: [AgentsController, KeysController],
  providers: [AgentClocks, AgentsService, AssignmentsService, Clones, KeyRotations],
  exports: [ConnectionsModule, AgentClocks, AgentsService, AssignmentsService, Clones, KeyRotations],
})
export class AgentsModule {}
