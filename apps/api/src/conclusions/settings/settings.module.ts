import { Module } from '@nestjs/common';
import { MailboxesModule } from '../../estate/mailboxes/mailboxes.module.ts';
import { ResultsModule } from '../../history/results/results.module.ts';
import { ServersModule } from '../../estate/servers/servers.module.ts';
import { SitesModule } from '../../estate/sites/sites.module.ts';
import { SettingsController } from './settings.controller.ts';
import { SettingsService } from './settings.service.ts';

@Module({
  imports: [SitesModule, ServersModule, ResultsModule, MailboxesModule],
  controllers: [SettingsController],
  providers: [SettingsService],
  exports: [SettingsService],
})
export class SettingsModule {}
