import { Module } from '@nestjs/common';
import { FindingsModule } from '../findings/findings.module.ts';
import { MailRoundsModule } from '../mail-rounds/mail-rounds.module.ts';
import { ResultsModule } from '../results/results.module.ts';
import { ServersModule } from '../servers/servers.module.ts';
import { SitesModule } from '../sites/sites.module.ts';
import { ComparisonsController } from './comparisons.controller.ts';
import { ComparisonsService } from './comparisons.service.ts';

@Module({
  imports: [SitesModule, ServersModule, ResultsModule, MailRoundsModule, FindingsModule],
  controllers: [ComparisonsController],
  providers: [ComparisonsService],
})
export class ComparisonsModule {}
