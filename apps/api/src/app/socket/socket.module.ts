import { Module } from '@nestjs/common';
import { ConnectionsModule } from '../../estate/connections/connections.module.ts';
import { AgentsModule } from '../../fleet/agents/agents.module.ts';
import { ResultsModule } from '../../history/results/results.module.ts';
import { LeasesModule } from '../../work/leases/leases.module.ts';
import { UpgradesModule } from '../../fleet/upgrades/upgrades.module.ts';
import { AgentsGateway } from './agents.gateway.ts';
import { AuditModule } from '../../trust/audit/audit.module.ts';
import { ServersModule } from '../../estate/servers/servers.module.ts';
import { SecretsModule } from '../../trust/secrets/secrets.module.ts';
import { Batches } from './batches.service.ts';
import { BatchesController } from './batches.controller.ts';
import { JoinDesk } from './join-desk.service.ts';
import { Joining } from './joining.service.ts';
import { Refusals } from './refusals.service.ts';

/** The conversation with the agents: it hears them, and hands on what they say to whom it concerns. */
@Module({
  imports: [
    AuditModule,
    SecretsModule,
    ServersModule,
    ConnectionsModule,
    AgentsModule,
    ResultsModule,
    LeasesModule,
    UpgradesModule,
  ],
  controllers: [BatchesController],
  providers: [AgentsGateway, Batches, JoinDesk, Joining, Refusals],
})
export class SocketModule {}
