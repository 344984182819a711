import { Module } from '@nestjs/common';
import { SitesModule } from '../sites/sites.module.ts';
import { MailboxesController } from './mailboxes.controller.ts';
import { MailboxesService } from './mailboxes.service.ts';

@Module({
  imports: [SitesModule],
  controllers: [MailboxesController],
  providers: [MailboxesService],
  exports: [MailboxesService],
})
export class MailboxesModule {}
