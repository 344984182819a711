import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EnrolmentRequest, Role } from '@mailpath/protocol';
import { type EntityManager, IsNull, Repository } from 'typeorm';
import { SitesService } from '../sites/sites.service.ts';
import { AgentEntity } from './agent.entity.ts';
import { needsApproval } from './approval.ts';
import { ServerEntity } from './server.entity.ts';

/** An agent that takes its place on a server. */
export interface Enrolling extends EnrolmentRequest {
  siteId: string;
  serverId: string;
  agentId: string;
}

/** Which agent may speak for which server: the rows that enrolling, joining and revoking change. */
@Injectable()
export class EnrolledAgents {
  constructor(
    @InjectRepository(AgentEntity) private readonly agents: Repository<AgentEntity>,
    private readonly sites: SitesService,
  ) {}

  /** The server, which nobody else enrols on before the transaction ends; null when there is none that is not retired. */
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

  /** Puts the agent in the place of the server's earlier one. The server has to be locked. Answers the agents that it replaces. */
  async replace(
    manager: EntityManager,
    { siteId, serverId, agentId, publicKey, facts }: Enrolling,
    now: Date,
  ): Promise<string[]> {
    const secretsSince = await this.sites.secretsSince(manager, siteId);
    const again = await manager.existsBy(AgentEntity, { siteId, serverId });
    const waits = needsApproval({ secretsSince, again });
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
      approvedAt: waits ? null : now,
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

  /** Ends its right to join, now or earlier. False when there is no such agent. */
  async revoke(siteId: string, agentId: string): Promise<boolean> {
    const { affected } = await this.agents.update(
      { siteId, id: agentId },
      { revokedAt: () => 'coalesce(revoked_at, now())' },
    );
    return affected !== 0;
  }
}
