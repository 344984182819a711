import { Module, type DynamicModule } from '@nestjs/common';
import { AccessModule } from './access/access.module.ts';
import { ChecklistModule } from './checklist/checklist.module.ts';
import { ChecksModule } from './checks/checks.module.ts';
import { AgentsModule } from './agents/agents.module.ts';
import { ComparisonsModule } from './comparisons/comparisons.module.ts';
import { ConfigModule } from './config.module.ts';
import type { ApiConfig } from './config.ts';
import { CredentialsModule } from './credentials/credentials.module.ts';
import { DatabaseModule } from './database/database.module.ts';
import { EnrolmentsModule } from './enrolments/enrolments.module.ts';
import { FindingsModule } from './findings/findings.module.ts';
import { HealthModule } from './health/health.module.ts';
import { MailboxesModule } from './mailboxes/mailboxes.module.ts';
import { ResultsModule } from './results/results.module.ts';
import { RunsModule } from './runs/runs.module.ts';
import { SecretsModule } from './secrets/secrets.module.ts';
import { ServersModule } from './servers/servers.module.ts';
import { SettingsModule } from './settings/settings.module.ts';
import { SignInsModule } from './sign-ins/sign-ins.module.ts';
import { SitesModule } from './sites/sites.module.ts';
import { UpkeepModule } from './upkeep/upkeep.module.ts';

/** The list of features. */
@Module({
  imports: [
    AccessModule,
    HealthModule,
    SitesModule,
    ServersModule,
    EnrolmentsModule,
    ChecksModule,
    AgentsModule,
    ResultsModule,
    RunsModule,
    FindingsModule,
    ComparisonsModule,
    SettingsModule,
    ChecklistModule,
    SecretsModule,
    MailboxesModule,
    CredentialsModule,
    SignInsModule,
    UpkeepModule,
  ],
})
export class AppModule {
  static with(config: ApiConfig, databaseUrl: string, options: { connect?: boolean } = {}): DynamicModule {
    return {
      module: AppModule,
      imports: [ConfigModule.with(config), DatabaseModule.with(databaseUrl, options)],
    };
  }
}
