import { randomUUID } from 'node:crypto';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { z } from 'zod';

/** What another instance may have to know of at once; the rows say what it is. */
export type Topic =
  'site-changed' | 'agent-revoked' | 'approval-withdrawn' | 'agent-joined' | 'orders-of-site';

type Listener = (id: string) => void | Promise<void>;

const CHANNEL = 'mailpath';
const Notice = z.object({ topic: z.string(), id: z.string(), from: z.string() });
const RECONNECT_MS = 2_000;
/** A connection that only listens would not notice that its other end has gone: it is asked. */
const ASK_MS = 10_000;

/**
 * Tells the other instances over the same database what has changed (LISTEN/NOTIFY), on a connection of its own. Rows are the truth: a
 * notice only saves the wait for the next look, and whoever may have missed some is told to look at everything.
 */
@Injectable()
export class Notices implements OnApplicationBootstrap, BeforeApplicationShutdown {
  /** Of this process, until it ends. */
  readonly instance = randomUUID();
  readonly #logger = new Logger('Notices');
  readonly #listeners = new Map<Topic, Listener[]>();
  readonly #missed: (() => void | Promise<void>)[] = [];
  #client: Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopping = false;
  #wasConnected = false;

  constructor(private readonly database: DataSource) {}

  /** `listener` gets the id of what another instance has told of. */
  on(topic: Topic, listener: Listener): void {
    this.#listeners.set(topic, [...(this.#listeners.get(topic) ?? []), listener]);
  }

  /** `listener` is called when notices may have been missed. */
  onMissed(listener: () => void | Promise<void>): void {
    this.#missed.push(listener);
  }

  async onApplicationBootstrap(): Promise<void> {
    // An application without its database, made for its shape alone, hears nothing.
    if (this.database.isInitialized) await this.#listen();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    await this.#client?.end().catch((error: Error) => this.#lost(error));
  }

  /** Tells the others, after the change is stored. Never rejects: they look by themselves before long. */
  async tell(topic: Topic, id: string): Promise<void> {
    if (this.#stopping || !this.database.isInitialized) return;
    const notice = JSON.stringify({ topic, id, from: this.instance });
    await this.database
      .query('select pg_notify($1, $2)', [CHANNEL, notice])
      .catch((error: Error) => this.#logger.warn({ event: 'notice-not-sent', topic, reason: error.message }));
  }

  async #listen(): Promise<void> {
    const { url } = this.database.options as { url: string };
    const client = new Client({
      connectionString: url,
      application_name: 'mailpath-notices',
      connectionTimeoutMillis: 3_000,
      query_timeout: ASK_MS,
      keepAlive: true,
    });
    this.#client = client;
    client.on('notification', ({ payload }) => this.#heard(payload ?? ''));
    // Followed by nothing where the connection was never made, and by 'end' where it was.
    client.on('error', (error) => this.#lost(error));
    client.once('end', () => this.#again(client));
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      if (this.#wasConnected) this.#tellMissed();
      this.#wasConnected = true;
      this.#askLater(client);
    } catch (error) {
      this.#lost(error as Error);
      this.#again(client);
    }
  }

  #askLater(client: Client): void {
    if (this.#stopping || this.#client !== client) return;
    this.#timer = setTimeout(() => {
      client.query('select').then(
        () => this.#askLater(client),
        (error: Error) => {
          this.#lost(error);
          this.#again(client);
        },
      );
    }, ASK_MS).unref();
  }

  /** Connects anew, once for each connection that was lost. */
  #again(client: Client): void {
    if (this.#stopping || this.#client !== client) return;
    this.#client = undefined;
    client.end().catch((error: Error) => this.#lost(error));
    clearTimeout(this.#timer);
    this.#wasConnected = true;
    this.#timer = setTimeout(() => void this.#listen(), RECONNECT_MS).unref();
  }

  #lost({ message }: Error): void {
    if (!this.#stopping) this.#logger.warn({ event: 'notices-lost', reason: message });
  }

  #heard(payload: string): void {
    const notice = Notice.safeParse(parsed(payload));
    if (!notice.success) return this.#logger.warn({ event: 'notice-not-read', reason: notice.error.message });
    const { topic, id, from } = notice.data;
    if (from === this.instance) return;
    // A topic that nobody here listens to is a newer version's.
    for (const listener of this.#listeners.get(topic as Topic) ?? []) this.#call(() => listener(id));
  }

  #tellMissed(): void {
    for (const listener of this.#missed) this.#call(listener);
  }

  #call(listener: () => void | Promise<void>): void {
    Promise.resolve()
      .then(listener)
      .catch(({ message, stack }: Error) =>
        this.#logger.error({ event: 'notice-listener', reason: message }, stack),
      );
  }
}

function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    // Anybody with the database's password may write into the channel: said by the caller.
    return undefined;
  }
}
