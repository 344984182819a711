import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { AgentFacts, EnrolmentRequest, Role } from '@mailpath/protocol';
import { type EntityManager, IsNull, LessThan, Not, Repository } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { Clock } from '../../platform/clock.ts';
import { AgentEntity } from './agent.entity.ts';
import { UNDOUBTED } from './agent-keys.service.ts';
import type { AgentLine } from './agent-line.ts';
import { WAITING } from './approval.ts';
import { ServerEntity } from './server.entity.ts';
import type { ServerCreation } from './server.ts';

/** An agent that takes its place on a server. */
export interface Enrolling extends EnrolmentRequest {
  siteId: string;
  serverId: string;
  agentId: string;
}

/** An agent that may join, and the server it speaks for. */
export interface Speaker {
  siteId: string;
  serverId: string;
  publicKey: Uint8Array;
  nextKey: Uint8Array | null;
  rotationAskedAt: Date | null;
  quarantinedAt: Date | null;
  originalBoot: string | null;
  serverName: string;
  roles: Role[];
}

/** Which agent may speak for which server: the rows that enrolling, joining and revoking change. */
@Injectable()
export class EnrolledAgents {
  constructor(
    @InjectRepository(AgentEntity) private readonly agents: Repository<AgentEntity>,
    private readonly clock: Clock,
  ) {}

  /**
   * The server, which nobody else enrols on before the transaction ends; null when there is none that is not retired.
   */
  async lockServer(
    manager: EntityManager,
    siteId: string,
    id: string,
  ): Promise<{ name: string; roles: Role[] } | null> {
    return manager.findOne(ServerEntity, {
      where: { siteId, id, retiredAt: IsNull() },
      lock: { mode: 'pessimistic_write' },
    });
  }

  /** The server by that name, whatever its case, made where there is none, and locked. `enrolled`: it has an agent. */
  async serverNamed(
    manager: EntityManager,
    siteId: string,
    { name, roles }: ServerCreation,
    now: Date,
  ): Promise<{ server: ServerEntity; enrolled: boolean }> {
    const byName = () =>
      manager
        .createQueryBuilder(ServerEntity, 'server')
        .setLock('pessimistic_write')
        .where('server.siteId = :siteId and server.retiredAt is null', { siteId })
        .andWhere('lower(server.name) = lower(:name)', { name })
        .orderBy('server.id')
        .limit(1)
        .getOne();
    let server = await byName();
    if (!server) {
      const made = { siteId, id: uuid(), name, roles, createdAt: now, retiredAt: null };
      // Somebody may make it at the same moment.
      await manager.createQueryBuilder().insert().into(ServerEntity).values(made).orIgnore().execute();
      server = await byName();
    }
    if (!server) throw new Error('the server that was made is not there');
    const present = { siteId, serverId: server.id, revokedAt: IsNull() };
    return { server, enrolled: await manager.existsBy(AgentEntity, present) };
  }

  /**
   * Puts the agent in the place of the server's earlier one. The server has to be locked. Answers the agents that it
   * replaces.
   */
  async replace(
    manager: EntityManager,
    { siteId, serverId, agentId, publicKey, facts }: Enrolling,
    now: Date,
  ): Promise<string[]> {
    const present = { siteId, serverId, revokedAt: IsNull() };
    const replaced = await manager.findBy(AgentEntity, present);
    await manager.update(AgentEntity, present, { revokedAt: now });
    await manager.insert(AgentEntity, {
      siteId,
      id: agentId,
      serverId,
      publicKey: Buffer.from(publicKey, 'base64url'),
      version: facts.version,
      hostName: facts.hostName,
      platform: facts.platform,
      nodeVersion: facts.nodeVersion,
      enrolledAt: now,
      lastSeenAt: null,
      revokedAt: null,
      ...WAITING,
      clockAheadSeconds: null,
      mayUpgrade: null,
      ...UNDOUBTED,
      line: null,
    });
    return replaced.map(({ id }) => id);
  }

  /** The agents that may join, with what their servers are for. */
  async present(siteId: string): Promise<{ id: string; roles: Role[] }[]> {
    return this.agents
      .createQueryBuilder('agent')
      .innerJoin(ServerEntity, 'server', 'server.siteId = agent.siteId and server.id = agent.serverId')
      .where('agent.siteId = :siteId and agent.revokedAt is null and server.retiredAt is null', { siteId })
      .select(['agent.id as id', 'server.roles as roles'])
      .getRawMany<{ id: string; roles: Role[] }>();
  }

  /** The agent that may join, and the server it speaks for; null when there is none by this id. */
  async speaker(agentId: string): Promise<Speaker | null> {
    const row = await this.agents
      .createQueryBuilder('agent')
      .innerJoin(ServerEntity, 'server', 'server.siteId = agent.siteId and server.id = agent.serverId')
      .where('agent.id = :agentId and agent.revokedAt is null and server.retiredAt is null', { agentId })
      .select([
        'agent.siteId as "siteId"',
        'agent.serverId as "serverId"',
        'agent.publicKey as "publicKey"',
        'agent.nextKey as "nextKey"',
        'agent.rotationAskedAt as "rotationAskedAt"',
        'agent.quarantinedAt as "quarantinedAt"',
        'agent.originalBoot as "originalBoot"',
        'server.name as "serverName"',
        'server.roles as roles',
      ])
      .getRawOne<Speaker>();
    return row ?? null;
  }

  /** It has joined now, and says this of its machine. */
  async noteJoin(siteId: string, agentId: string, facts: AgentFacts): Promise<void> {
    const { version, hostName, platform, nodeVersion } = facts;
    await this.agents.update(
      { siteId, id: agentId },
      { version, hostName, platform, nodeVersion, lastSeenAt: this.clock.now() },
    );
  }

  /** It has a socket: whatever kept it from one is over. */
  async forgetLine(siteId: string, agentId: string): Promise<void> {
    await this.agents.update({ siteId, id: agentId, line: Not(IsNull()) }, { line: null });
  }

  /** It reports by HTTPS, and says why. */
  async noteLine(siteId: string, agentId: string, line: Omit<AgentLine, 'since'>): Promise<void> {
    await this.agents.query(
      `update agents set line = $3::jsonb || jsonb_build_object('since', coalesce(line ->> 'since', $4))
       where site_id = $1 and id = $2`,
      [siteId, agentId, JSON.stringify(line), this.clock.now().toISOString()],
    );
  }

  /** How far its clock is ahead of ours; null where it does not say. */
  async noteClock(siteId: string, agentId: string, clockAheadSeconds: number | null): Promise<void> {
    await this.agents.update({ siteId, id: agentId }, { clockAheadSeconds });
  }

  /** Whether it may be upgraded, as it says itself; null where it does not say. */
  async noteMayUpgrade(siteId: string, agentId: string, mayUpgrade: boolean | null): Promise<void> {
    await this.agents.update({ siteId, id: agentId }, { mayUpgrade });
  }

  /** The agent of the server, where it may be upgraded. */
  async upgradable(manager: EntityManager, siteId: string, serverId: string): Promise<string | null> {
    const where = { siteId, serverId, mayUpgrade: true, revokedAt: IsNull() };
    return (await manager.findOne(AgentEntity, { select: { siteId: true, id: true }, where }))?.id ?? null;
  }

  /** The public keys by which each agent may join: the one that it has, and the one that it goes over to. */
  async publicKeys(): Promise<Map<string, Uint8Array[]>> {
    const rows = await this.agents.find({
      select: { siteId: true, id: true, publicKey: true, nextKey: true },
      where: { revokedAt: IsNull() },
    });
    return new Map(
      rows.map(({ id, publicKey, nextKey }) => [id, nextKey ? [publicKey, nextKey] : [publicKey]]),
    );
  }

  /** Newest first (ids are UUIDv7), `limit` at most, those enrolled before the agent `before`; revoked ones too. */
  async list(siteId: string, limit: number, before: string | undefined): Promise<AgentEntity[]> {
    return this.agents.find({
      where: { siteId, ...(before !== undefined && { id: LessThan(before) }) },
      order: { id: 'DESC' },
      take: limit,
    });
  }

  /** Ends its right to join, now or earlier. False when there is no such agent. */
  async revoke(siteId: string, agentId: string): Promise<boolean> {
    const { affected } = await this.agents.update(
      { siteId, id: agentId, revokedAt: IsNull() },
      { revokedAt: this.clock.now() },
    );
    return affected !== 0 || this.agents.existsBy({ siteId, id: agentId });
  }
}
