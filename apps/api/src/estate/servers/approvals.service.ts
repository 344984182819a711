import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Repository } from 'typeorm';
import { AgentEntity } from './agent.entity.ts';
import { isApproved, WAITING } from './approval.ts';
import { keyFingerprint } from '@mailpath/protocol';
import { Clock } from '../../platform/clock.ts';
import { MailpathError } from '../../platform/errors.ts';
import { EventBus } from '../../platform/events/event-bus.ts';
import { APPROVAL_WITHDRAWN, SITE_CHANGED } from '../sites/site-events.ts';
import type { Server } from './server.ts';
import { ServersService } from './servers.service.ts';
import { agentReplacedNow, anotherKey, nobodyToApprove } from '../refusals.ts';

/** An administrator's word on whether the agent of a server may be lent the site's secrets. */
@Injectable()
export class ApprovalsService {
  readonly #logger = new Logger('Approvals');

  constructor(
    @InjectRepository(AgentEntity) private readonly agents: Repository<AgentEntity>,
    private readonly servers: ServersService,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * Confirms the key that the person saw. Throws a conflict when the server's agent has another one, or there is none.
   */
  async approve(siteId: string, serverId: string, seen: string): Promise<Server> {
    const { name } = await this.servers.get(siteId, serverId);
    const agent = await this.#agentOf(siteId, serverId);
    if (!agent) throw new MailpathError('conflict', nobodyToApprove({ name }));
    const fingerprint = keyFingerprint(agent.publicKey);
    if (fingerprint !== seen)
      throw new MailpathError(
        'conflict',
        anotherKey({
          name,
          fingerprint,
          hostName: agent.hostName,
          enrolledAt: agent.enrolledAt.toISOString(),
        }),
      );
    // By its id and its key, so that what takes their place in this very moment is not approved unseen.
    const { affected } = await this.agents.update(
      { siteId, id: agent.id, publicKey: agent.publicKey, revokedAt: IsNull() },
      {
        approvedAt: isApproved(agent) && agent.approvedBy === 'person' ? agent.approvedAt : this.clock.now(),
        approvedKey: agent.publicKey,
        approvedBy: 'person',
      },
    );
    if (!affected) throw new MailpathError('conflict', agentReplacedNow({ name }));
    this.#logger.log({ event: 'agent-approved', siteId, serverId, agentId: agent.id, fingerprint });
    void this.events.tell(SITE_CHANGED, siteId);
    return this.servers.get(siteId, serverId);
  }

  /** What it holds ends now. */
  async withdraw(siteId: string, serverId: string): Promise<void> {
    await this.servers.get(siteId, serverId);
    const agent = await this.#agentOf(siteId, serverId);
    if (!agent) return;
    await this.agents.update({ siteId, id: agent.id }, WAITING);
    this.#logger.log({ event: 'approval-withdrawn', siteId, serverId, agentId: agent.id });
    void this.events.tell(APPROVAL_WITHDRAWN, agent.id);
    void this.events.tell(SITE_CHANGED, siteId);
  }

  #agentOf(siteId: string, serverId: string): Promise<AgentEntity | null> {
    return this.agents.findOneBy({ siteId, serverId, revokedAt: IsNull() });
  }
}
