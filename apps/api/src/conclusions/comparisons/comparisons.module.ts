import { Module } from '@nestjs/common';
import { BaselinesModule } from '../baselines/baselines.module.ts';
import { FindingsModule } from '../findings/findings.module.ts';
import { MailRoundsModule } from '../../work/runs/mail-rounds.module.ts';
import { ResultsModule } from '../../history/results/results.module.ts';
import { ServersModule } from '../../estate/servers/servers.module.ts';
import { SitesModule } from '../../estate/sites/sites.module.ts';
import { ComparisonsController } from './comparisons.controller.ts';
import { ComparisonsService } from './comparisons.service.ts';

@Module({
  imports: [SitesModule, ServersModule, ResultsModule, MailRoundsModule, FindingsModule, BaselinesModule],
  controllers: [ComparisonsController],
  providers: [ComparisonsService],
  exports: [ComparisonsService],
})
export class ComparisonsModule {}
