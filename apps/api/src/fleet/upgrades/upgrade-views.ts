import type { DataSource } from 'typeorm';
import type { AgentVersion, Upgrade, ServerUpgrade } from './upgrade.ts';
import type { UpgradeEntity } from './upgrade.entity.ts';

/** Upgrades as callers see them, each with its servers in the order in which they go. */
export async function viewsOf(database: DataSource, rows: readonly UpgradeEntity[]): Promise<Upgrade[]> {
  const servers: (ServerUpgrade & { upgradeId: string })[] = await database.query(
    `select u.upgrade_id as "upgradeId", u.server_id as "serverId", s.name as "serverName", u.place as "group",
            u.state, u.reason, u.changed_at as "changedAt"
     from upgrade_servers u join servers s on s.site_id = u.site_id and s.id = u.server_id
     where u.site_id = any($1::uuid[]) and u.upgrade_id = any($2::uuid[]) order by u.place, s.name, s.id`,
    [rows.map(({ siteId }) => siteId), rows.map(({ id }) => id)],
  );
  return rows.map(({ id, version, sha256, hours, state, reason, createdAt, endedAt }) => ({
    id,
    version,
    sha256,
    hours,
    state,
    reason,
    createdAt: createdAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    servers: servers
      .filter(({ upgradeId }) => upgradeId === id)
      .map(({ serverId, serverName, group, changedAt, ...row }) => ({
        serverId,
        serverName,
        group,
        state: row.state,
        reason: row.reason,
        changedAt: new Date(changedAt).toISOString(),
      })),
  }));
}

interface VersionRow extends Omit<AgentVersion, 'upgrades' | 'last'> {
  mayUpgrade: boolean | null;
  lastVersion: string | null;
  lastState: NonNullable<AgentVersion['last']>['state'];
  lastReason: string | null;
  lastChangedAt: Date;
}

/** Each server of a site with the version that runs there, and what became of its last upgrade. */
export async function versionsOf(database: DataSource, siteId: string): Promise<AgentVersion[]> {
  const rows: VersionRow[] = await database.query(
    `select s.id as "serverId", s.name as "serverName", a.version, a.node_version as "nodeVersion", a.platform,
            a.may_upgrade as "mayUpgrade", l.version as "lastVersion", l.state as "lastState", l.reason as "lastReason",
            l.changed_at as "lastChangedAt"
     from servers s
     left join agents a on a.site_id = s.site_id and a.server_id = s.id and a.revoked_at is null
     left join lateral (
       select u.version, us.state, us.reason, us.changed_at from upgrade_servers us
       join upgrades u on u.site_id = us.site_id and u.id = us.upgrade_id
       where us.site_id = s.site_id and us.server_id = s.id order by u.id desc limit 1) l on true
     where s.site_id = $1 and s.retired_at is null order by s.name, s.id`,
    [siteId],
  );
  return rows.map(({ mayUpgrade, lastVersion, lastState, lastReason, lastChangedAt, ...row }) => ({
    ...row,
    upgrades: mayUpgrade === null ? 'unknown' : mayUpgrade ? 'allowed' : 'off',
    last:
      lastVersion === null
        ? null
        : {
            version: lastVersion,
            state: lastState,
            reason: lastReason,
            changedAt: lastChangedAt.toISOString(),
          },
  }));
}
