import { Module } from '@nestjs/common';
import { CredentialsModule } from '../../trust/credentials/credentials.module.ts';
import { HoldsModule } from '../../trust/holds/holds.module.ts';
import { SitesModule } from '../../estate/sites/sites.module.ts';
import { OrdersModule } from '../orders/orders.module.ts';
import { MailboxGrants } from './mailbox-grants.service.ts';
import { MailboxOrderHandler } from './mailbox-order.handler.ts';
import { MailboxesModule } from '../../estate/mailboxes/mailboxes.module.ts';
import { RunRecordsModule } from './run-records.module.ts';
import { SecretsModule } from '../../trust/secrets/secrets.module.ts';
import { ApplicationTokens } from './application-tokens.ts';
import { MailRounds } from './mail-rounds.service.ts';

@Module({
  imports: [
    SitesModule,
    MailboxesModule,
    CredentialsModule,
    SecretsModule,
    HoldsModule,
    OrdersModule,
    RunRecordsModule,
  ],
  providers: [ApplicationTokens, MailRounds, MailboxGrants, MailboxOrderHandler],
  exports: [MailRounds, MailboxOrderHandler],
})
export class MailRoundsModule {}
