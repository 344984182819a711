import { Module } from '@nestjs/common';
import { CredentialsModule } from '../../trust/credentials/credentials.module.ts';
import { LeasesModule } from '../leases/leases.module.ts';
import { MailboxesModule } from '../../estate/mailboxes/mailboxes.module.ts';
import { RunRecordsModule } from '../runs/run-records.module.ts';
import { SecretsModule } from '../../trust/secrets/secrets.module.ts';
import { ApplicationTokens } from './application-tokens.ts';
import { MailRounds } from './mail-rounds.service.ts';

@Module({
  imports: [MailboxesModule, CredentialsModule, SecretsModule, LeasesModule, RunRecordsModule],
  providers: [ApplicationTokens, MailRounds],
  exports: [MailRounds],
})
export class MailRoundsModule {}
