import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MailboxEntity } from './mailbox.entity.ts';
import { SitesModule } from '../sites/sites.module.ts';
import { MailboxesController } from './mailboxes.controller.ts';
import { MailboxesService } from './mailboxes.service.ts';

@Module({
  imports: [TypeOrmModule.forFeature([MailboxEntity]), SitesModule],
  controllers: [MailboxesController],
  providers: [MailboxesService],
  exports: [MailboxesService],
})
export class MailboxesModule {}
