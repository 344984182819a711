import { Module } from '@nestjs/common';
import { AgentsModule } from '../../fleet/agents/agents.module.ts';
import { LeasesModule } from '../leases/leases.module.ts';
import { MailRoundsModule } from '../mail-rounds/mail-rounds.module.ts';
import { ServersModule } from '../../estate/servers/servers.module.ts';
import { SitesModule } from '../../estate/sites/sites.module.ts';
import { MailboxSchedule } from './mailbox-schedule.service.ts';
import { RunRecordsModule } from './run-records.module.ts';
import { RunsController } from './runs.controller.ts';
import { RunsService } from './runs.service.ts';

@Module({
  imports: [SitesModule, ServersModule, AgentsModule, LeasesModule, MailRoundsModule, RunRecordsModule],
  controllers: [RunsController],
  providers: [RunsService, MailboxSchedule],
})
export class RunsModule {}
