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
  | 'site-changed'
  | 'agent-revoked'
  | 'agent-keys-changed'
  | 'approval-withdrawn'
  | 'agent-joined'
  | 'agent-asked'
  | 'agent-quarantined'
  | 'agent-rotation-asked'
  | 'orders-of-site'
  | 'site-stirred';

type Listener = (id: string) => void | Promise<void>;

const CHANNEL = 'mailpath';
const Notice = z.object({ topic: z.string(), id: z.string(), from: z.string() });
const RECONNECT_MS = 2_000;
/** A connection that is asked and says nothing for so long is gone, whatever TCP still believes. */
const ANSWER_MS = 10_000;
const FAREWELL_MS = 2_000;

/**
 * Tells the other instances over the same database what has changed (LISTEN/NOTIFY), on a connection of its own. Rows
 * are the truth: a notice only saves the wait for the next look, and whoever may have missed some is told to look at
 * everything.
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
  #looking: Promise<void> = Promise.resolve();
  #isListening = false;
  #wasLost = false;
  #stopping = false;

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
    const ended = this.#client?.end().catch((error: Error) => this.#lost(error));
    // A database that is silent does not answer a farewell either.
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, FAREWELL_MS).unref())]);
  }

  /** Tells the others, after the change is stored. Never rejects: they look by themselves before long. */
  async tell(topic: Topic, id: string): Promise<void> {
    if (this.#stopping || !this.database.isInitialized) return;
    const notice = JSON.stringify({ topic, id, from: this.instance });
    await this.database
      .query('select pg_notify($1, $2)', [CHANNEL, notice])
      .catch((error: Error) => this.#logger.warn({ event: 'notice-not-sent', topic, reason: error.message }));
  }

  /**
   * What is looked for again and again, on the connection that listens: the pool, which requests need, is left alone.
   * Null while that connection is being made anew, after which everything is looked at.
   */
  async look<Row extends object>(sql: string, parameters: unknown[] = []): Promise<Row[] | null> {
    const client = this.#client;
    if (!client || !this.#isListening) return null;
    const looking = this.#looking.then(async () => (await client.query<Row>(sql, parameters)).rows);
    // Whoever looks next must not fail because this one did.
    this.#looking = looking.then(
      () => undefined,
      () => undefined,
    );
    try {
      return await looking;
    } catch (error) {
      this.#lost(error as Error);
      this.#again(client);
      return null;
    }
  }

  async #listen(): Promise<void> {
    const { url } = this.database.options as { url: string };
    const client = new Client({
      connectionString: url,
      application_name: 'mailpath-notices',
      connectionTimeoutMillis: 3_000,
      query_timeout: ANSWER_MS,
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
      this.#isListening = true;
      if (this.#wasLost) await this.#tellMissed();
      this.#wasLost = false;
    } catch (error) {
      this.#lost(error as Error);
      this.#again(client);
    }
  }

  /** Connects anew, once for each connection that was lost. */
  #again(client: Client): void {
    if (this.#stopping || this.#client !== client) return;
    this.#client = undefined;
    this.#isListening = false;
    this.#wasLost = true;
    client.end().catch((error: Error) => this.#lost(error));
    clearTimeout(this.#timer);
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

  /** Throws what a listener throws: the database may be away again, and everything is looked at once more. */
  async #tellMissed(): Promise<void> {
    for (const listener of this.#missed) await listener();
  }

  #call(listener: () => void | Promise<void>): void {
    Promise.resolve()
      .then(listener)
      .catch(({ message }: Error) => this.#logger.warn({ event: 'notice-listener', reason: message }));
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
