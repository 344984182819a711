import { Module, type DynamicModule } from '@nestjs/common';
import { AccessModule } from '../trust/access/access.module.ts';
import { AuditModule } from '../trust/audit/audit.module.ts';
import { ChecklistModule } from '../conclusions/checklist/checklist.module.ts';
import { ChecksModule } from '../estate/checks/checks.module.ts';
import { AgentsModule } from '../fleet/agents/agents.module.ts';
import { BaselinesModule } from '../conclusions/baselines/baselines.module.ts';
import { SiteSeriesModule } from '../conclusions/series/series.module.ts';
import { ComparisonsModule } from '../conclusions/comparisons/comparisons.module.ts';
import { ClockModule } from '../platform/clock.module.ts';
import { EventsModule } from '../platform/events/events.module.ts';
import { ConfigModule } from '../platform/config.module.ts';
import type { ApiConfig } from '../platform/config.ts';
import { CredentialsModule } from '../trust/credentials/credentials.module.ts';
import { DatabaseModule } from './database/database.module.ts';
import { DownloadsModule } from '../fleet/downloads/downloads.module.ts';
import { EnrolmentsModule } from '../fleet/enrolments/enrolments.module.ts';
import { IdempotencyModule } from '../trust/idempotency/idempotency.module.ts';
import { FindingsModule } from '../conclusions/findings/findings.module.ts';
import { HealthModule } from './health/health.module.ts';
import { LiveModule } from '../conclusions/live/live.module.ts';
import { MailboxesModule } from '../estate/mailboxes/mailboxes.module.ts';
import { OverviewModule } from '../conclusions/overview/overview.module.ts';
import { ResultsModule } from '../history/results/results.module.ts';
import { ReportsModule } from '../conclusions/reports/reports.module.ts';
import { RetentionModule } from '../history/retention/retention.module.ts';
import { OpenIdModule } from '../trust/openid/openid.module.ts';
import { RunsModule } from '../work/runs/runs.module.ts';
import { SecretsModule } from '../trust/secrets/secrets.module.ts';
import { ServersModule } from '../estate/servers/servers.module.ts';
import { SettingsModule } from '../conclusions/settings/settings.module.ts';
import { SignInsModule } from '../work/sign-ins/sign-ins.module.ts';
import { SiteRemovalModule } from './site-removal/site-removal.module.ts';
import { SocketModule } from './socket/socket.module.ts';
import { SitesModule } from '../estate/sites/sites.module.ts';
import { UpgradesModule } from '../fleet/upgrades/upgrades.module.ts';
import { UpkeepModule } from './upkeep/upkeep.module.ts';

/** The list of features. */
@Module({
  imports: [
    ClockModule,
    EventsModule,
    AccessModule,
    OpenIdModule,
    AuditModule,
    HealthModule,
    SitesModule,
    ServersModule,
    DownloadsModule,
    EnrolmentsModule,
    ChecksModule,
    AgentsModule,
    SocketModule,
    ResultsModule,
    RunsModule,
    FindingsModule,
    ComparisonsModule,
    BaselinesModule,
    SiteSeriesModule,
    LiveModule,
    OverviewModule,
    ReportsModule,
    RetentionModule,
    SettingsModule,
    ChecklistModule,
    SecretsModule,
    IdempotencyModule,
    MailboxesModule,
    CredentialsModule,
    SignInsModule,
    UpgradesModule,
    UpkeepModule,
    SiteRemovalModule,
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
