import { Injectable, Logger } from '@nestjs/common';
import type { Delivery } from '@mailpath/protocol';
import type { Reporter } from '../../estate/connections/reporter.ts';

type Listener = (reporter: Reporter, deliveries: readonly Delivery[]) => Promise<void>;
type BatchListener = (reporter: Reporter) => void;

/**
 * Results of runs that have just been committed, each told once, before the agent is told that they are. A listener that fails is
 * logged and changes nothing: the results are stored.
 */
@Injectable()
export class ResultEvents {
  readonly #logger = new Logger(ResultEvents.name);
  readonly #listeners: Listener[] = [];
  readonly #batchListeners: BatchListener[] = [];

  onStored(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /** `listener` is told who brought something new, whoever asked for it; nobody waits for what it does then. */
  onBatch(listener: BatchListener): void {
    this.#batchListeners.push(listener);
  }

  batchStored(reporter: Reporter): void {
    for (const listener of this.#batchListeners) {
      try {
        listener(reporter);
      } catch (error) {
        // As below: the results are stored.
        this.#log(error as Error, reporter);
      }
    }
  }

  async stored(reporter: Reporter, deliveries: readonly Delivery[]): Promise<void> {
    for (const listener of this.#listeners) {
      try {
        await listener(reporter, deliveries);
      } catch (error) {
        // What follows from the results can be made up for; storing them a second time could not.
        this.#log(error as Error, reporter);
      }
    }
  }

  #log({ message, stack }: Error, { agentId }: Reporter): void {
    this.#logger.error({ event: 'result-listener', agentId, reason: message }, stack);
  }
}
