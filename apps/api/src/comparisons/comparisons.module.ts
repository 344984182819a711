import { Module } from '@nestjs/common';
import { MailRoundsModule } from '../mail-rounds/mail-rounds.module.ts';
import { ResultsModule } from '../results/results.module.ts';
import { ServersModule } from '../servers/servers.module.ts';
import { SitesModule } from '../sites/sites.module.ts';
import { ComparisonsController } from './comparisons.controller.ts';
import { ComparisonsService } from './comparisons.service.ts';

@Module({
  imports: [SitesModule, ServersModule, ResultsModule, MailRoundsModule],
  controllers: [ComparisonsController],
  providers: [ComparisonsService],
})
export class ComparisonsModule {}
