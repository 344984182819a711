import { Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { DataSourceOptions } from 'typeorm';
import { ApiKeyEntity } from '../../trust/access/api-key.entity.ts';
import { AgentBootEntity } from '../../history/results/agent-boot.entity.ts';
import { AgentEntity } from '../../estate/servers/agent.entity.ts';
import { ExternalTestEntity } from '../../conclusions/checklist/external-test.entity.ts';
import { CredentialEntity } from '../../trust/credentials/credential.entity.ts';
import { EnrolmentCodeEntity } from '../../fleet/enrolments/enrolment-code.entity.ts';
import { SiteCodeEntity } from '../../fleet/enrolments/site-code.entity.ts';
import { CredentialHoldEntity } from '../../trust/holds/credential-hold.entity.ts';
import { MailboxHoldEntity } from '../../trust/holds/mailbox-hold.entity.ts';
import { MailRoundEntity } from '../../work/runs/mail-round.entity.ts';
import { MailboxEntity } from '../../estate/mailboxes/mailbox.entity.ts';
import { FindingOpeningEntity } from '../../conclusions/findings/finding-opening.entity.ts';
import { FindingEntity } from '../../conclusions/findings/finding.entity.ts';
import { AgentEvidenceEntity } from '../../history/results/agent-evidence.entity.ts';
import { EvidenceEntity } from '../../history/results/evidence.entity.ts';
import { LatestEntity } from '../../history/results/latest.entity.ts';
import { ResultEntity } from '../../history/results/result.entity.ts';
import { AgentSessionEntity } from '../../estate/connections/agent-session.entity.ts';
import { ApplicationTokenEntity } from '../../work/runs/application-token.entity.ts';
import { OrderEntity } from '../../work/orders/order.entity.ts';
import { RunServerEntity } from '../../work/runs/run-server.entity.ts';
import { RunEntity } from '../../work/runs/run.entity.ts';
import { ClientSecretEntity } from '../../trust/secrets/client-secret.entity.ts';
import { SecretKeyFingerprintEntity } from '../../trust/secrets/secret-key-fingerprint.entity.ts';
import { ServerEntity } from '../../estate/servers/server.entity.ts';
import { SignInEntity } from '../../work/sign-ins/sign-in.entity.ts';
import { SiteEntity } from '../../estate/sites/site.entity.ts';
import { FirstTables1763942400001 } from './migrations/0001-first-tables.ts';
import { MailSignIn1764028800002 } from './migrations/0002-mail-sign-in.ts';
import { Findings1764115200003 } from './migrations/0003-findings.ts';
import { DailyJobEntity } from '../upkeep/daily-job.entity.ts';
import { ExternalTest1764201600004 } from './migrations/0004-external-test.ts';
import { SecretKeyFingerprint1764288000005 } from './migrations/0005-secret-key-fingerprint.ts';
import { DiskWatch } from './disk-watch.ts';
import { SilenceWatch } from './silence-watch.ts';
import { DRIVER } from './two-pools.ts';
import { Approvals1764374400006 } from './migrations/0006-approvals.ts';
import { Storage1764460800007 } from './migrations/0007-storage.ts';
import { Orders1764547200008 } from './migrations/0008-orders.ts';
import { IdempotencyKeyEntity } from '../../trust/idempotency/idempotency-key.entity.ts';
import { IdempotencyKeys1764633600009 } from './migrations/0009-idempotency-keys.ts';
import { SessionEntity } from '../../trust/access/session.entity.ts';
import { SignInLinkEntity } from '../../trust/access/sign-in-link.entity.ts';
import { UserEntity } from '../../trust/access/user.entity.ts';
import { UserRoleEntity } from '../../trust/access/user-role.entity.ts';
import { AuditEntryEntity } from '../../trust/audit/audit-entry.entity.ts';
import { AuditLog1765152000015 } from './migrations/0015-audit-log.ts';
import { People1765065600014 } from './migrations/0014-people.ts';
import { SiteEnrolmentCodes1766275200028 } from './migrations/0028-site-enrolment-codes.ts';
import { Upgrades1766361600029 } from './migrations/0029-upgrades.ts';
import { Retention1766448000030 } from './migrations/0030-retention.ts';
import { SessionBrowsers1766534400031 } from './migrations/0031-session-browsers.ts';
import { UpgradeEntity } from '../../fleet/upgrades/upgrade.entity.ts';
import { UpgradeServerEntity } from '../../fleet/upgrades/upgrade-server.entity.ts';
import { AgentClocks1764979200013 } from './migrations/0013-agent-clocks.ts';
import { ApprovedKeys1765324800017 } from './migrations/0017-approved-keys.ts';
import { AgentLines1765584000020 } from './migrations/0020-agent-lines.ts';
import { ClonesAndKeys1765497600019 } from './migrations/0019-clones-and-keys.ts';
import { LeaseRecords1765411200018 } from './migrations/0018-lease-records.ts';
import { BaselineEntity } from '../../conclusions/baselines/baseline.entity.ts';
import { Baselines1766707200033 } from './migrations/0033-baselines.ts';
import { PackEntity } from '../../history/packs/pack.entity.ts';
import { RetentionEntity } from '../../history/retention/retention.entity.ts';
import { ResultPlaceEntity } from '../../history/packs/result-place.entity.ts';
import { DayRollUpEntity, HourRollUpEntity } from '../../history/roll-ups/roll-up.entity.ts';
import { PackSeconds1766880000023 } from './migrations/0023-pack-seconds.ts';
import { Packs1766620800032 } from './migrations/0032-packs.ts';
import { LeaseRecordEntity } from '../../work/leases/lease-record.entity.ts';
import { OpenIdStartEntity } from '../../trust/openid/openid-start.entity.ts';
import { ClientCertificateEntity } from '../../trust/secrets/client-certificate.entity.ts';
import { ClientCertificates1766880000035 } from './migrations/0035-client-certificates.ts';
import { NamesInOneCase1766966400040 } from './migrations/0040-names-in-one-case.ts';
import { OpenId1766793600034 } from './migrations/0034-openid.ts';

const logger = new Logger('Database');

/** What the application and the migrations have in common. */
const shared = {
  type: 'postgres',
  entities: [
    IdempotencyKeyEntity,
    SiteEntity,
    ServerEntity,
    EnrolmentCodeEntity,
    SiteCodeEntity,
    AgentEntity,
    AgentBootEntity,
    RunEntity,
    RunServerEntity,
    EvidenceEntity,
    ResultEntity,
    LatestEntity,
    ApiKeyEntity,
    UserEntity,
    UserRoleEntity,
    SessionEntity,
    SignInLinkEntity,
    OpenIdStartEntity,
    AuditEntryEntity,
    ClientSecretEntity,
    ClientCertificateEntity,
    MailboxEntity,
    CredentialEntity,
    SignInEntity,
    CredentialHoldEntity,
    MailboxHoldEntity,
    MailRoundEntity,
    FindingEntity,
    FindingOpeningEntity,
    ExternalTestEntity,
    SecretKeyFingerprintEntity,
    AgentEvidenceEntity,
    DailyJobEntity,
    AgentSessionEntity,
    ApplicationTokenEntity,
    OrderEntity,
    LeaseRecordEntity,
    UpgradeEntity,
    UpgradeServerEntity,
    PackEntity,
    ResultPlaceEntity,
    HourRollUpEntity,
    DayRollUpEntity,
    BaselineEntity,
    RetentionEntity,
  ],
  migrations: [
    FirstTables1763942400001,
    MailSignIn1764028800002,
    Findings1764115200003,
    ExternalTest1764201600004,
    SecretKeyFingerprint1764288000005,
    Approvals1764374400006,
    Storage1764460800007,
    Orders1764547200008,
    IdempotencyKeys1764633600009,
    AgentClocks1764979200013,
    People1765065600014,
    AuditLog1765152000015,
    ApprovedKeys1765324800017,
    LeaseRecords1765411200018,
    ClonesAndKeys1765497600019,
    AgentLines1765584000020,
    SiteEnrolmentCodes1766275200028,
    Upgrades1766361600029,
    Retention1766448000030,
    SessionBrowsers1766534400031,
    Packs1766620800032,
    Baselines1766707200033,
    OpenId1766793600034,
    PackSeconds1766880000023,
    ClientCertificates1766880000035,
    NamesInOneCase1766966400040,
  ],
  migrationsTableName: 'migrations',
  synchronize: false,
  logging: false,
  // Node keeps a connection whose other end has died in the pool until it is used: the pool reports it, and goes on.
  poolErrorHandler: (error: Error) => logger.warn({ event: 'connection-lost', reason: error.message }),
} satisfies Partial<DataSourceOptions>;

/** The longest statement of a request; Postgres itself cancels it then. */
const STATEMENT_MS = 8_000;
/** Longer than any statement may take. */
const SILENT_MS = 10_000;

/** Every step ends by itself, so a database that stopped answering makes requests fail and never hang. */
export function applicationOptions(url: string): DataSourceOptions {
  return {
    ...shared,
    url,
    driver: DRIVER,
    logger: new DiskWatch(),
    // Of agents and our own work; requests have theirs beside it.
    poolSize: 10,
    // From asking the pool to having a connection.
    connectTimeoutMS: 3_000,
    extra: {
      application_name: 'mailpath-api',
      statement_timeout: STATEMENT_MS,
      idle_in_transaction_session_timeout: SILENT_MS,
      // Unused connections go before they could be taken for silent ones.
      idleTimeoutMillis: STATEMENT_MS,
      stream: new SilenceWatch(SILENT_MS).socket,
    },
  };
}

/** For migrations, which may take longer than any request: two connections, one of which holds the lock. */
export function migrationDataSource(url: string): DataSource {
  return new DataSource({
    ...shared,
    url,
    poolSize: 2,
    connectTimeoutMS: 3_000,
    extra: { application_name: 'mailpath-migrate' },
  });
}
