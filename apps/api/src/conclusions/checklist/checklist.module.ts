import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ExternalTestEntity } from './external-test.entity.ts';
import { FindingsModule } from '../findings/findings.module.ts';
import { MailboxesModule } from '../../estate/mailboxes/mailboxes.module.ts';
import { SecretsModule } from '../../trust/secrets/secrets.module.ts';
import { SitesModule } from '../../estate/sites/sites.module.ts';
import { ChecklistController } from './checklist.controller.ts';
import { ChecklistService } from './checklist.service.ts';
import { ExternalTestsService } from './external-tests.service.ts';

@Module({
  imports: [
    TypeOrmModule.forFeature([ExternalTestEntity]),
    SitesModule,
    FindingsModule,
    MailboxesModule,
    SecretsModule,
  ],
  controllers: [ChecklistController],
  providers: [ChecklistService, ExternalTestsService],
  exports: [ChecklistService],
})
export class ChecklistModule {}
