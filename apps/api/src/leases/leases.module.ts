import { Module } from '@nestjs/common';
import { AgentSessionsModule } from '../agents/agent-sessions.module.ts';
import { Clock } from '../clock.ts';
import { CredentialsModule } from '../credentials/credentials.module.ts';
import { ResultsModule } from '../results/results.module.ts';
import { HoldsService } from './holds.service.ts';
import { LeasesService } from './leases.service.ts';

@Module({
  imports: [AgentSessionsModule, ResultsModule, CredentialsModule],
  providers: [Clock, LeasesService, HoldsService],
  exports: [Clock, LeasesService, HoldsService],
})
export class LeasesModule {}
