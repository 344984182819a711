import { Module } from '@nestjs/common';
import { ClockModule } from '../../platform/clock.module.ts';
import { CredentialsModule } from '../../trust/credentials/credentials.module.ts';
import { MailboxesModule } from '../../estate/mailboxes/mailboxes.module.ts';
import { SitesModule } from '../../estate/sites/sites.module.ts';
import { AskedCells } from './asked-cells.service.ts';
import { ResultEvents } from './result-events.ts';
import { ResultsController } from './results.controller.ts';
import { ResultsIngest } from './results.ingest.ts';
import { ResultsService } from './results.service.ts';

@Module({
  imports: [ClockModule, SitesModule, MailboxesModule, CredentialsModule],
  controllers: [ResultsController],
  providers: [AskedCells, ResultsService, ResultsIngest, ResultEvents],
  exports: [ResultsService, ResultsIngest, ResultEvents],
})
export class ResultsModule {}
