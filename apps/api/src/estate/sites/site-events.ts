import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Notices, type Topic } from '../../platform/database/notices.ts';

type Listener = (id: string) => void | Promise<void>;

/**
 * What has changed, for the parts that talk to agents: told after the change is stored, in this process and in all others over the
 * same database. A listener that fails is logged and changes nothing: the change itself has happened.
 */
@Injectable()
export class SiteEvents implements OnModuleInit {
  readonly #logger = new Logger(SiteEvents.name);
  readonly #changed: Listener[] = [];
  readonly #revoked: Listener[] = [];
  readonly #withdrawn: Listener[] = [];

  constructor(
    private readonly database: DataSource,
    private readonly notices: Notices,
  ) {}

  onModuleInit(): void {
    this.notices.on('site-changed', (siteId) => this.#tell(this.#changed, siteId));
    this.notices.on('agent-revoked', (agentId) => this.#tell(this.#revoked, agentId));
    this.notices.on('approval-withdrawn', (agentId) => this.#tell(this.#withdrawn, agentId));
    this.notices.onMissed(async () => {
      const sites: { id: string }[] = await this.database.query('select id from sites');
      for (const { id } of sites) for (const listener of this.#changed) await listener(id);
    });
  }

  /** `listener` gets the id of a site whose settings, servers or mailboxes are not what they were. */
  onChanged(listener: Listener): void {
    this.#changed.push(listener);
  }

  /** `listener` gets the id of an agent that may not join any more. */
  onAgentRevoked(listener: Listener): void {
    this.#revoked.push(listener);
  }

  /** `listener` gets the id of an agent that may not be lent anything any more. */
  onApprovalWithdrawn(listener: Listener): void {
    this.#withdrawn.push(listener);
  }

  changed(siteId: string): void {
    this.#tellAll('site-changed', this.#changed, siteId);
  }

  agentRevoked(agentId: string): void {
    this.#tellAll('agent-revoked', this.#revoked, agentId);
  }

  approvalWithdrawn(agentId: string): void {
    this.#tellAll('approval-withdrawn', this.#withdrawn, agentId);
  }

  #tellAll(topic: Topic, listeners: readonly Listener[], id: string): void {
    this.#tell(listeners, id);
    void this.notices.tell(topic, id);
  }

  #tell(listeners: readonly Listener[], id: string): void {
    for (const listener of listeners) {
      Promise.resolve(id)
        .then(listener)
        .catch((error: Error) => this.#logger.error(error.message, error.stack));
    }
  }
}
