import { Module } from '@nestjs/common';
import { CredentialsModule } from '../credentials/credentials.module.ts';
import { LeasesModule } from '../leases/leases.module.ts';
import { MailboxesModule } from '../mailboxes/mailboxes.module.ts';
import { RunRecordsModule } from '../runs/run-records.module.ts';
import { SecretsModule } from '../secrets/secrets.module.ts';
import { ApplicationTokens } from './application-tokens.ts';
import { MailRounds } from './mail-rounds.service.ts';

@Module({
  imports: [MailboxesModule, CredentialsModule, SecretsModule, LeasesModule, RunRecordsModule],
  providers: [ApplicationTokens, MailRounds],
  exports: [MailRounds],
})
export class MailRoundsModule {}
