import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { TurnByTurn } from './turn-by-turn.ts';

/** Lets one at a time change the queue of a site, over all instances. */
@Injectable()
export class QueueLock {
  readonly #turns = new TurnByTurn();

  constructor(private readonly database: DataSource) {}

  /** Until the transaction of `work` is over nobody else is at it; whoever refers to the site is not kept from that. */
  hold<T>(siteId: string, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.#turns.run(siteId, () =>
      this.database.transaction(async (manager) => {
        await manager.query('select from sites where id = $1 for no key update', [siteId]);
        return work(manager);
      }),
    );
  }
}
