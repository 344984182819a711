import { Injectable, Logger } from '@nestjs/common';

type Listener<T> = (value: T) => void | Promise<void>;

/**
 * What has changed, for the parts that talk to agents: told after the change is stored. A listener that fails is logged and
 * changes nothing: the change itself has happened.
 */
@Injectable()
export class SiteEvents {
  readonly #logger = new Logger(SiteEvents.name);
  readonly #changed: Listener<string>[] = [];
  readonly #revoked: Listener<string>[] = [];
  readonly #withdrawn: Listener<string>[] = [];

  /** `listener` gets the id of a site whose settings, servers or mailboxes are not what they were. */
  onChanged(listener: Listener<string>): void {
    this.#changed.push(listener);
  }

  /** `listener` gets the id of an agent that may not join any more. */
  onAgentRevoked(listener: Listener<string>): void {
    this.#revoked.push(listener);
  }

  /** `listener` gets the id of an agent that may not be lent anything any more. */
  onApprovalWithdrawn(listener: Listener<string>): void {
    this.#withdrawn.push(listener);
  }

  changed(siteId: string): void {
    this.#tell(this.#changed, siteId);
  }

  agentRevoked(agentId: string): void {
    this.#tell(this.#revoked, agentId);
  }

  approvalWithdrawn(agentId: string): void {
    this.#tell(this.#withdrawn, agentId);
  }

  #tell<T>(listeners: readonly Listener<T>[], value: T): void {
    for (const listener of listeners) {
      Promise.resolve(value)
        .then(listener)
        .catch((error: Error) => this.#logger.error(error.message, error.stack));
    }
  }
}
