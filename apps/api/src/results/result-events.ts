import { Injectable, Logger } from '@nestjs/common';
import type { Delivery } from '@mailpath/protocol';
import type { Reporter } from './result-rows.ts';

type Listener = (reporter: Reporter, deliveries: readonly Delivery[]) => Promise<void>;

/**
 * Results of runs that have just been committed, each told once, before the agent is told that they are. A listener that fails is
 * logged and changes nothing: the results are stored.
 */
@Injectable()
export class ResultEvents {
  readonly #logger = new Logger(ResultEvents.name);
  readonly #listeners: Listener[] = [];

  onStored(listener: Listener): void {
    this.#listeners.push(listener);
  }

  async stored(reporter: Reporter, deliveries: readonly Delivery[]): Promise<void> {
    for (const listener of this.#listeners) {
      try {
        await listener(reporter, deliveries);
      } catch (error) {
        // What follows from the results can be made up for; storing them a second time could not.
        const { message, stack } = error as Error;
        this.#logger.error({ event: 'result-listener', agentId: reporter.agentId, reason: message }, stack);
      }
    }
  }
}
