import { Module } from '@nestjs/common';
import { AgentSessionsModule } from '../agents/agent-sessions.module.ts';
import { ClockModule } from '../clock.module.ts';
import { CredentialsModule } from '../credentials/credentials.module.ts';
import { ResultsModule } from '../results/results.module.ts';
import { HoldsModule } from './holds.module.ts';
import { LeasesService } from './leases.service.ts';

@Module({
  imports: [ClockModule, AgentSessionsModule, ResultsModule, CredentialsModule, HoldsModule],
  providers: [LeasesService],
  exports: [ClockModule, LeasesService, HoldsModule],
})
export class LeasesModule {}
