import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { UpgradeNews, UpgradeReport } from '@mailpath/protocol';
import { DataSource, type EntityManager } from 'typeorm';
import { AgentSessions } from '../../estate/connections/agent-sessions.ts';
import type { Reporter } from '../../estate/connections/reporter.ts';
import { EnrolledAgents } from '../../estate/servers/enrolled-agents.service.ts';
import { Clock } from '../../platform/clock.ts';
import { isWithin } from './upgrade-hours.ts';
import { UpgradeEntity } from './upgrade.entity.ts';
import { UpgradeServerEntity } from './upgrade-server.entity.ts';

const LOOK_EVERY_MS = 15_000;
/** From the offer to what became of it: fetching, a quiet moment, a restart, three starts of two minutes. */
const SILENT_AFTER_MS = 30 * 60_000;

/** Still under way on a server. */
const UNDER_WAY = ['offered', 'staged'];
/** What the servers after it need not wait for. */
const SETTLED = ['kept', 'not-allowed'];

/**
 * Carries a running upgrade from server to server: the next group is offered it when all before have kept it, in the
 * hours that were set, and nobody any more once one server did not keep it. Each process offers it to the agents that
 * are connected to it.
 */
@Injectable()
export class UpgradeRollout implements OnModuleInit, OnApplicationShutdown {
  readonly #logger = new Logger('Upgrades');
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly sessions: AgentSessions,
    private readonly agents: EnrolledAgents,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.#timer = setInterval(() => {
      this.#driveAll().catch((error: Error) =>
        this.#logger.warn({ event: 'upgrades-not-driven', reason: error.message }),
      );
    }, LOOK_EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  /** An agent has joined, and says what it is to be told of upgrades; one that is older says nothing. */
  async joined(reporter: Reporter, report: UpgradeReport | undefined): Promise<void> {
    const { siteId, agentId } = reporter;
    await this.agents.noteMayUpgrade(siteId, agentId, report?.allowed ?? null);
    if (report?.last) await this.#note(reporter, report.last);
    await this.#offerAgain(reporter);
    if (report?.allowed) await this.drive(siteId);
  }

  /** An agent says what has become of an offer. */
  async told(reporter: Reporter, news: UpgradeNews): Promise<void> {
    await this.#note(reporter, news);
    await this.drive(reporter.siteId);
  }

  async #note({ siteId, serverId }: Reporter, { sha256, state, reason }: UpgradeNews): Promise<void> {
    // Not of this offer, or known already: said again with each join. A signature that is wrong leaves no digest to
    // know the offer by.
    await this.database.query(
      `update upgrade_servers s set state = $4, reason = $5, changed_at = $6
       from upgrades u where u.site_id = s.site_id and u.id = s.upgrade_id and u.site_id = $1 and s.server_id = $2
         and (u.sha256 = $3 or ($4 = 'refused' and $3 = repeat('0', 64))) and s.state = any($7) and u.state = 'running'`,
      [siteId, serverId, sha256, state, reason, this.clock.now(), UNDER_WAY],
    );
  }

  /** An offer that went out on a connection which has ended may never have come. */
  async #offerAgain({ siteId, serverId }: Reporter): Promise<void> {
    await this.database.query(
      `update upgrade_servers s set state = 'waiting', changed_at = $3 from upgrades u
       where u.site_id = s.site_id and u.id = s.upgrade_id and u.state = 'running'
         and s.site_id = $1 and s.server_id = $2 and s.state = 'offered'`,
      [siteId, serverId, this.clock.now()],
    );
  }

  /** Does what can be done now at a site. */
  async drive(siteId: string): Promise<void> {
    const offers = await this.database.transaction((manager) => this.#step(manager, siteId));
    for (const { agentId, upgrade } of offers) {
      const { manifest, path } = upgrade;
      this.sessions.send(agentId, { event: 'upgrade', data: { manifest, path } });
      this.#logger.log({ event: 'upgrade-offered', agentId, version: upgrade.version });
    }
  }

  async #driveAll(): Promise<void> {
    const rows: { site_id: string }[] = await this.database.query(
      `select site_id from upgrades where state = 'running'`,
    );
    for (const { site_id } of rows) await this.drive(site_id);
  }

  async #step(manager: EntityManager, siteId: string) {
    // The row is the lock: no two processes offer it to the same server.
    const upgrade = await manager.findOne(UpgradeEntity, {
      where: { siteId, state: 'running' },
      lock: { mode: 'pessimistic_write' },
    });
    if (!upgrade) return [];
    const now = this.clock.now();
    const rows = await manager.findBy(UpgradeServerEntity, { siteId, upgradeId: upgrade.id });
    const failed = rows.find((row) => isFailed(row, now));
    if (failed) return this.#halt(manager, upgrade, failed, now);
    const open = rows.filter(({ state }) => !SETTLED.includes(state));
    if (open.length === 0) return this.#end(manager, upgrade, 'done', null, now);
    if (upgrade.hours && !isWithin(upgrade.hours, now)) return [];
    const place = Math.min(...open.map((row) => row.place));
    const next = open.filter((row) => row.place === place && row.state === 'waiting');
    return this.#offer(manager, upgrade, next, now);
  }

  async #offer(manager: EntityManager, upgrade: UpgradeEntity, next: UpgradeServerEntity[], now: Date) {
    const { siteId, id: upgradeId } = upgrade;
    const offers: { agentId: string; upgrade: UpgradeEntity }[] = [];
    for (const { serverId } of next) {
      const agentId = await this.agents.upgradable(manager, siteId, serverId);
      if (agentId === null || this.sessions.connectionOf(agentId) === null) continue;
      offers.push({ agentId, upgrade });
      await manager.update(
        UpgradeServerEntity,
        { siteId, upgradeId, serverId },
        { state: 'offered', changedAt: now },
      );
    }
    return offers;
  }

  async #halt(manager: EntityManager, upgrade: UpgradeEntity, row: UpgradeServerEntity, now: Date) {
    const { siteId, upgradeId, serverId } = row;
    const isSilent = UNDER_WAY.includes(row.state);
    if (isSilent)
      await manager.update(
        UpgradeServerEntity,
        { siteId, upgradeId, serverId },
        { state: 'silent', changedAt: now },
      );
    const what = isSilent ? 'silent' : row.state;
    return this.#end(manager, upgrade, 'halted', `${what}: ${row.reason ?? 'no word for half an hour'}`, now);
  }

  async #end(
    manager: EntityManager,
    { siteId, id }: UpgradeEntity,
    state: 'done' | 'halted',
    reason: string | null,
    now: Date,
  ): Promise<[]> {
    await manager.update(UpgradeEntity, { siteId, id }, { state, reason, endedAt: now });
    return [];
  }
}

const isFailed = ({ state, changedAt }: UpgradeServerEntity, now: Date): boolean =>
  state === 'refused' ||
  state === 'rolled-back' ||
  (UNDER_WAY.includes(state) && now.getTime() - changedAt.getTime() > SILENT_AFTER_MS);
