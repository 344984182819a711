import { Module } from '@nestjs/common';
import { ConnectionsModule } from '../../estate/connections/connections.module.ts';
import { AgentsModule } from '../../fleet/agents/agents.module.ts';
import { ResultsModule } from '../../history/results/results.module.ts';
import { LeasesModule } from '../../work/leases/leases.module.ts';
import { UpgradesModule } from '../../fleet/upgrades/upgrades.module.ts';
import { AgentsGateway } from './agents.gateway.ts';
import { JoinDesk } from './join-desk.service.ts';

/** The conversation with the agents: it hears them, and hands on what they say to whom it concerns. */
@Module({
  imports: [ConnectionsModule, AgentsModule, ResultsModule, LeasesModule, UpgradesModule],
  providers: [AgentsGateway, JoinDesk],
})
export class SocketModule {}
