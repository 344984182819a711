import { Module } from '@nestjs/common';
import { AgentSessionsModule } from '../agents/agent-sessions.module.ts';
import { ClockModule } from '../clock.module.ts';
import { ResultsModule } from '../results/results.module.ts';
import { SitesModule } from '../sites/sites.module.ts';
import { HoldsModule } from './holds.module.ts';
import { LeasesService } from './leases.service.ts';
import { Lendees } from './lendees.service.ts';

@Module({
  imports: [ClockModule, AgentSessionsModule, ResultsModule, SitesModule, HoldsModule],
  providers: [Lendees, LeasesService],
  exports: [ClockModule, LeasesService, HoldsModule],
})
export class LeasesModule {}
