import pg from 'pg';
import { isOnBehalfOfRequest } from '../../platform/database/on-behalf-of-requests.ts';

/** What requests may hold at a time; whoever waits longer than for a connection is told 503. */
const FOR_REQUESTS = 8;

type Connected = Parameters<pg.Pool['connect']>[0];

/**
 * One pool for what agents send and for the API's own work, and one for requests: however slow the reads are, they
 * hold no connection that a batch waits for.
 */
export class TwoPools extends pg.Pool {
  readonly #requests: pg.Pool;

  constructor(options: pg.PoolConfig) {
    super(options);
    this.#requests = new pg.Pool({
      ...options,
      application_name: 'mailpath-requests',
      max: FOR_REQUESTS,
    });
    this.#requests.on('error', (error, client) => this.emit('error', error, client));
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(connected: Connected): void;
  override connect(connected?: Connected): Promise<pg.PoolClient> | void {
    if (isOnBehalfOfRequest())
      return connected ? this.#requests.connect(connected) : this.#requests.connect();
    return connected ? super.connect(connected) : super.connect();
  }

  override end(): Promise<void>;
  override end(ended: (error?: Error) => void): void;
  override end(ended?: (error?: Error) => void): Promise<void> | void {
    const both = Promise.all([super.end(), this.#requests.end()]);
    if (!ended) return both.then(() => undefined);
    both.then(() => ended(), ended);
  }
}

/** node-postgres, as TypeORM uses it. */
export const DRIVER: Pick<typeof pg, 'types' | 'defaults'> & { Pool: typeof TwoPools } = {
  Pool: TwoPools,
  types: pg.types,
  defaults: pg.defaults,
};
