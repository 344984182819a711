import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, type FindOptionsWhere, In, IsNull, Repository } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { Clock } from '../../platform/clock.ts';
import { type Connection, Presence } from '../connections/presence.ts';
import { AgentEntity } from './agent.entity.ts';
import { keyFingerprint, LEASE_PROTOCOL } from '@mailpath/protocol';
import { refuseTakenName } from '../../platform/taken-name.ts';
import { notFound } from '../../platform/not-found.ts';
import { decodeCursor, toPage, type Page, type PageQuery } from '../../platform/page.ts';
import { EventBus } from '../../platform/events/event-bus.ts';
import { AGENT_REVOKED, APPROVAL_WITHDRAWN, SITE_CHANGED } from '../sites/site-events.ts';
import { SitesService } from '../sites/sites.service.ts';
import { isApproved, WAITING } from './approval.ts';
import { notLent } from './lendee.ts';
import { ServerEntity } from './server.entity.ts';
import { ALWAYS, type Condition } from '../../platform/http/version.ts';
import {
  type Server,
  SERVER_FIELDS,
  type ServerAgent,
  type ServerChange,
  type ServerCreation,
} from './server.ts';
import type { Refusal } from '../../platform/refusal.ts';
import { serverNameTaken } from '../refusals.ts';

const NAME_KEY = 'servers_name_key';
const taken = (name = ''): Refusal => serverNameTaken({ name });
const Place = z.tuple([z.uuid()]);

/** The servers of a site. A retired one is not found any more; only its history knows it. */
@Injectable()
export class ServersService {
  constructor(
    @InjectRepository(ServerEntity) private readonly servers: Repository<ServerEntity>,
    @InjectRepository(AgentEntity) private readonly agents: Repository<AgentEntity>,
    private readonly sites: SitesService,
    private readonly events: EventBus,
    private readonly presence: Presence,
    private readonly clock: Clock,
  ) {}

  async create(siteId: string, wanted: ServerCreation): Promise<Server> {
    await this.sites.get(siteId);
    const row = { ...wanted, siteId, id: uuid(), createdAt: this.clock.now(), retiredAt: null };
    await refuseTakenName(NAME_KEY, taken(wanted.name), () => this.servers.insert(row));
    void this.events.tell(SITE_CHANGED, siteId);
    return toServer(row, null);
  }

  /** Oldest first. */
  async list(siteId: string, { limit, cursor }: PageQuery): Promise<Page<Server>> {
    const [after] = decodeCursor(cursor, Place) ?? [null];
    await this.sites.get(siteId);
    const rows = await this.servers
      .createQueryBuilder('server')
      .where('server.siteId = :siteId and server.retiredAt is null', { siteId })
      .andWhere('(cast(:after as uuid) is null or server.id > :after)', { after })
      .orderBy('server.id')
      .limit(limit + 1)
      .getMany();
    const agents = await this.#agentsOf(siteId, rows);
    return toPage(
      rows,
      limit,
      (row) => [row.id],
      (row) => toServer(row, agents.get(row.id) ?? null),
    );
  }

  /**
   * Every server of the site that is not retired, by name: the columns of a comparison. Throws not-found for the site.
   */
  async all(siteId: string): Promise<Server[]> {
    await this.sites.get(siteId);
    const rows = await this.servers.find({ where: { siteId, retiredAt: IsNull() }, order: { name: 'ASC' } });
    const agents = await this.#agentsOf(siteId, rows);
    return rows.map((row) => toServer(row, agents.get(row.id) ?? null));
  }

  /** By id, the names of all servers that the site ever had: results and findings outlive a server. */
  async names(siteId: string): Promise<ReadonlyMap<string, string>> {
    const rows = await this.servers.find({ where: { siteId }, select: { id: true, name: true } });
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** Throws not-found. */
  async get(siteId: string, serverId: string): Promise<Server> {
    const row = await this.servers.findOneBy({ siteId, id: serverId, retiredAt: IsNull() });
    if (!row) throw notFound('Server', serverId);
    const agents = await this.#agentsOf(siteId, [row]);
    return toServer(row, agents.get(row.id) ?? null);
  }

  /** Throws not-found, and precondition-failed where the condition does not hold of the server as it is. */
  async change(
    siteId: string,
    serverId: string,
    change: ServerChange,
    condition: Condition = ALWAYS,
  ): Promise<Server> {
    const set = { ...(change.name && { name: change.name }), ...(change.roles && { roles: change.roles }) };
    if (Object.keys(set).length > 0 || condition !== ALWAYS) {
      const doubted = await refuseTakenName(NAME_KEY, taken(change.name), () =>
        this.servers.manager.transaction(async (manager) => {
          const place = { siteId, id: serverId, retiredAt: IsNull() };
          const before = await locked(manager, place, serverId);
          condition(before, SERVER_FIELDS);
          const { roles = before.roles } = set;
          const gains = roles.some((role) => !before.roles.includes(role));
          if (Object.keys(set).length > 0) await manager.update(ServerEntity, place, set);
          return gains ? this.#doubt(manager, siteId, serverId) : [];
        }),
      );
      for (const { id } of doubted) void this.events.tell(APPROVAL_WITHDRAWN, id);
      void this.events.tell(SITE_CHANGED, siteId);
    }
    return this.get(siteId, serverId);
  }

  /**
   * Its agent may not join any more, its column disappears, its history stays. Throws not-found, and
   * precondition-failed.
   */
  async retire(siteId: string, serverId: string, condition: Condition = ALWAYS): Promise<void> {
    const revoked = await this.servers.manager.transaction(async (manager) => {
      const now = this.clock.now();
      const place = { siteId, id: serverId, retiredAt: IsNull() };
      condition(await locked(manager, place, serverId), SERVER_FIELDS);
      await manager.update(ServerEntity, place, { retiredAt: now });
      const agents = await manager.findBy(AgentEntity, { siteId, serverId, revokedAt: IsNull() });
      await manager.update(AgentEntity, { siteId, serverId, revokedAt: IsNull() }, { revokedAt: now });
      return agents;
    });
    for (const { id } of revoked) void this.events.tell(AGENT_REVOKED, id);
    void this.events.tell(SITE_CHANGED, siteId);
  }

  /**
   * What a server is lent goes by its roles: whoever gains one was not confirmed for it. Answers the agents that wait
   * for it now.
   */
  async #doubt(manager: EntityManager, siteId: string, serverId: string): Promise<AgentEntity[]> {
    const place = { siteId, serverId, revokedAt: IsNull() };
    await manager.update(AgentEntity, place, WAITING);
    return manager.findBy(AgentEntity, place);
  }

  async #agentsOf(siteId: string, servers: readonly ServerEntity[]): Promise<Map<string, ServerAgent>> {
    if (servers.length === 0) return new Map();
    const rows = await this.agents.findBy({
      siteId,
      serverId: In(servers.map((server) => server.id)),
      revokedAt: IsNull(),
    });
    const connected = await this.presence.of(rows.map(({ id }) => id));
    return new Map(rows.map((row) => [row.serverId, toAgent(row, connected.get(row.id))]));
  }
}

/** Whoever changes the same server waits until the transaction ends. Throws not-found. */
async function locked(
  manager: EntityManager,
  where: FindOptionsWhere<ServerEntity>,
  serverId: string,
): Promise<ServerEntity> {
  const row = await manager.findOne(ServerEntity, { where, lock: { mode: 'pessimistic_write' } });
  if (!row) throw notFound('Server', serverId);
  return row;
}

function toAgent(row: AgentEntity, connection: Connection | undefined): ServerAgent {
  const approved = isApproved(row);
  return {
    id: row.id,
    state: connection ? 'connected' : 'disconnected',
    enrolledAt: row.enrolledAt.toISOString(),
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
    version: row.version,
    hostName: row.hostName,
    platform: row.platform,
    nodeVersion: row.nodeVersion,
    keyFingerprint: keyFingerprint(row.publicKey),
    approval: approved ? 'approved' : 'waiting',
    approvedAt: (approved && row.approvedAt?.toISOString()) || null,
    approvedBy: approved ? row.approvedBy : null,
    // One that is not connected is judged by its protocol when it is back.
    lentNothing: notLent({ approved, protocol: connection?.protocol ?? LEASE_PROTOCOL }),
    clockAheadSeconds: row.clockAheadSeconds,
    quarantine: quarantineOf(row),
    line: row.line,
    protocol: connection?.protocol ?? null,
  };
}

const quarantineOf = ({ quarantinedAt, quarantinedMachines, originalBoot }: AgentEntity) =>
  quarantinedAt && {
    since: quarantinedAt.toISOString(),
    machines: quarantinedMachines ?? [],
    originalBoot,
  };

function toServer(row: ServerEntity, agent: ServerAgent | null): Server {
  return {
    id: row.id,
    siteId: row.siteId,
    name: row.name,
    roles: row.roles,
    agent,
    createdAt: row.createdAt.toISOString(),
  };
}
