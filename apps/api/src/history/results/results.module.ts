import { Module } from '@nestjs/common';
import { CredentialsModule } from '../../trust/credentials/credentials.module.ts';
import { MailboxesModule } from '../../estate/mailboxes/mailboxes.module.ts';
import { ServersModule } from '../../estate/servers/servers.module.ts';
import { SitesModule } from '../../estate/sites/sites.module.ts';
import { PacksModule } from '../packs/packs.module.ts';
import { RetentionModule } from '../retention/retention.module.ts';
import { AskedCells } from './asked-cells.service.ts';
import { BatchGroups } from './batch-groups.service.ts';
import { NewestGlances } from './newest-glances.service.ts';
import { ResultsController } from './results.controller.ts';
import { ResultsIngest } from './results.ingest.ts';
import { UnpackedResults } from './unpacked-results.service.ts';
import { ResultsService } from './results.service.ts';

@Module({
  imports: [SitesModule, ServersModule, MailboxesModule, CredentialsModule, PacksModule, RetentionModule],
  controllers: [ResultsController],
  providers: [AskedCells, BatchGroups, NewestGlances, ResultsService, ResultsIngest, UnpackedResults],
  exports: [NewestGlances, ResultsService, ResultsIngest, UnpackedResults],
})
export class ResultsModule {}
