import { Injectable } from '@nestjs/common';
import { compareVersions } from '@mailpath/protocol';
import { DataSource } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { SitesService } from '../../estate/sites/sites.service.ts';
import { Clock } from '../../platform/clock.ts';
import { invalidField, MailpathError } from '../../platform/errors.ts';
import { notFound } from '../../platform/not-found.ts';
import { UpgradeBundles } from './upgrade-bundle.service.ts';
import { UpgradeRollout } from './upgrade-rollout.service.ts';
import type { AgentVersion, ServerUpgradeState, Upgrade, UpgradeCreation } from './upgrade.ts';
import { UpgradeEntity } from './upgrade.entity.ts';
import { UpgradeServerEntity } from './upgrade-server.entity.ts';
import { versionsOf, viewsOf } from './upgrade-views.ts';
import { upgradeRuns, nothingToUpgrade } from '../refusals.ts';
import { serverNamedTwice } from '../field-refusals.ts';
import { serverNotHere } from '../../estate/field-refusals.ts';

const SHOWN = 20;

/** Upgrades of the agents of a site: begun, looked at and stopped by a person. */
@Injectable()
export class UpgradesService {
  constructor(
    private readonly database: DataSource,
    private readonly sites: SitesService,
    private readonly bundles: UpgradeBundles,
    private readonly rollout: UpgradeRollout,
    private readonly clock: Clock,
  ) {}

  /** Begins one. Throws validation, and conflict where one runs already or no server would become newer by it. */
  async begin(siteId: string, wanted: UpgradeCreation): Promise<Upgrade> {
    const { manifest, statement, path } = await this.bundles.find(wanted.bundle, wanted.manifest);
    const { version, sha256 } = statement;
    const id = uuid();
    const now = this.clock.now();
    await this.database.transaction(async (manager) => {
      await this.sites.lock(manager, siteId);
      if (await manager.existsBy(UpgradeEntity, { siteId, state: 'running' }))
        throw new MailpathError('conflict', upgradeRuns());
      const servers = await versionsOf(this.database, siteId);
      const placed = placesOf(servers, wanted, version);
      const row = { siteId, id, version, sha256, path, manifest, hours: wanted.hours, createdAt: now };
      await manager.insert(UpgradeEntity, { ...row, state: 'running', reason: null, endedAt: null });
      await manager.insert(
        UpgradeServerEntity,
        placed.map((server) => ({ ...server, siteId, upgradeId: id, reason: null, changedAt: now })),
      );
    });
    await this.rollout.drive(siteId);
    return this.get(siteId, id);
  }

  async get(siteId: string, id: string): Promise<Upgrade> {
    await this.sites.get(siteId);
    const rows = await this.database.manager.findBy(UpgradeEntity, { siteId, id });
    const [upgrade] = await viewsOf(this.database, rows);
    if (!upgrade) throw notFound('Upgrade', id);
    return upgrade;
  }

  /** The newest first. */
  async list(siteId: string): Promise<Upgrade[]> {
    await this.sites.get(siteId);
    const rows = await this.database.manager.find(UpgradeEntity, {
      where: { siteId },
      order: { id: 'DESC' },
      take: SHOWN,
    });
    return viewsOf(this.database, rows);
  }

  /** Offers it to nobody any more. A server that has it already goes on with it. */
  async stop(siteId: string, id: string): Promise<Upgrade> {
    await this.get(siteId, id);
    await this.database.manager.update(
      UpgradeEntity,
      { siteId, id, state: 'running' },
      { state: 'stopped', endedAt: this.clock.now() },
    );
    return this.get(siteId, id);
  }

  async versions(siteId: string): Promise<AgentVersion[]> {
    await this.sites.get(siteId);
    return versionsOf(this.database, siteId);
  }
}

interface Placed {
  serverId: string;
  place: number;
  state: ServerUpgradeState;
}

/** Who goes when: one server by itself, then the groups that were named, then all others. */
function placesOf(servers: readonly AgentVersion[], wanted: UpgradeCreation, version: string): Placed[] {
  const known = new Set(servers.map(({ serverId }) => serverId));
  const named = [...(wanted.first === undefined ? [] : [wanted.first]), ...wanted.groups.flat()];
  const foreign = named.find((id) => !known.has(id));
  if (foreign !== undefined) throw invalidField('groups', serverNotHere({ id: foreign }));
  if (new Set(named).size < named.length) throw invalidField('groups', serverNamedTwice());
  const older = servers.filter((server) => server.version !== null && isOlder(server.version, version));
  const ready = older.filter(({ upgrades }) => upgrades === 'allowed').map(({ serverId }) => serverId);
  if (ready.length === 0) throw new MailpathError('conflict', nothingToUpgrade({ version }));
  const first = wanted.first ?? ready.find((id) => !named.includes(id)) ?? ready[0];
  const groups = [[first], ...wanted.groups];
  return older.map(({ serverId }) => {
    const group = groups.findIndex((members) => members.includes(serverId));
    return {
      serverId,
      place: group < 0 ? groups.length : group,
      state: ready.includes(serverId) ? 'waiting' : 'not-allowed',
    };
  });
}

/** Of an agent whose version is none of three numbers nothing is known. */
const isOlder = (running: string, version: string): boolean =>
  /^\d+\.\d+\.\d+$/.test(running) && compareVersions(running, version) < 0;
