import { Module } from '@nestjs/common';
import { AgentSessionsModule } from '../agents/agent-sessions.module.ts';
import { Clock } from '../clock.ts';
import { CredentialsModule } from '../credentials/credentials.module.ts';
import { ResultsModule } from '../results/results.module.ts';
import { HoldsModule } from './holds.module.ts';
import { LeasesService } from './leases.service.ts';

@Module({
  imports: [AgentSessionsModule, ResultsModule, CredentialsModule, HoldsModule],
  providers: [Clock, LeasesService],
  exports: [Clock, LeasesService, HoldsModule],
})
export class LeasesModule {}
