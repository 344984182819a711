import { setTimeout } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import { CLOSE } from '@mailpath/protocol';
import { DataSource, type EntityManager } from 'typeorm';
import { Notices } from '../../platform/database/notices.ts';
import { EventBus, eventKind } from '../../platform/events/event-bus.ts';
import type { AgentSession } from './agent-session.ts';
import { AgentSessions } from './agent-sessions.ts';
import type { Machine } from './machine.ts';
import type { Reporter } from './reporter.ts';

/** An agent of the site has come or gone; the site's id. */
export const PRESENCE_CHANGED = eventKind<string>('presence-changed');

const SAY_MS = 5_000;
/** A process that said nothing for so long has gone without a word, by the clock of the database. */
const GONE_AFTER = `interval '30 seconds'`;

/** How long the other end of a connection has, to show that it is alive. */
export const ANSWER_WITHIN_MS = 2_000;
const ANSWER_LOOKED_FOR_MS = 100;

/** The connection by which an agent can be asked now. */
export interface Connection {
  /** The process that holds the socket. */
  instance: string;
  session: string;
  protocol: number;
}

/**
 * Which agents are connected, to whichever instance. What the table says of this process counts only as far as its
 * sockets stand.
 */
@Injectable()
export class Presence implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #logger = new Logger('Presence');
  #timer: NodeJS.Timeout | undefined;
  #stopping = false;

  constructor(
    private readonly database: DataSource,
    private readonly notices: Notices,
    private readonly sessions: AgentSessions,
    private readonly events: EventBus,
  ) {}

  onModuleInit(): void {
    this.notices.on('agent-joined', (agentId) => this.renew(agentId));
    this.notices.on('agent-asked', (agentId) => this.#ask(agentId));
    this.notices.onMissed(() => this.renew());
  }

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => {
      this.renew().catch((error: Error) =>
        this.#logger.warn({ event: 'presence-not-said', reason: error.message }),
      );
    }, SAY_MS).unref();
  }

  /** Before the database goes: the others need not find out by themselves. */
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping = true;
    if (!this.database.isInitialized) return;
    await this.database
      .query('delete from agent_sessions where instance = $1', [this.notices.instance])
      .catch((error: Error) => this.#logger.warn({ event: 'presence-not-withdrawn', reason: error.message }));
  }

  /** Notes a connection whose agent has proved itself. It takes the place of an older one, wherever that is. */
  async enter({ siteId, agentId }: Reporter, session: AgentSession): Promise<void> {
    const [row]: { older: string | null }[] = await this.database.query(
      `with older as (select instance from agent_sessions where site_id = $1 and agent_id = $2),
       entered as (
         insert into agent_sessions (site_id, agent_id, instance, session, protocol, machine, connected_at, seen_at)
         values ($1, $2, $3, $4, $5, $6, now(), now())
         on conflict (site_id, agent_id) do update set instance = excluded.instance, session = excluded.session,
           protocol = excluded.protocol, machine = excluded.machine, asked_by = null, answered_to = null,
           connected_at = excluded.connected_at, seen_at = excluded.seen_at)
       select (select instance from older) as older`,
      [
        siteId,
        agentId,
        this.notices.instance,
        session.nonce,
        session.machine?.protocol,
        JSON.stringify(session.machine),
      ],
    );
    void this.events.tell(PRESENCE_CHANGED, siteId);
    if (row?.older && row.older !== this.notices.instance) await this.notices.tell('agent-joined', agentId);
  }

  /** Forgets a connection, unless a newer one of the same agent has taken its place. */
  async leave({ siteId, agentId }: Reporter, session: AgentSession): Promise<void> {
    if (this.#stopping) return;
    await this.database.query(
      'delete from agent_sessions where site_id = $1 and agent_id = $2 and session = $3',
      [siteId, agentId, session.nonce],
    );
    void this.events.tell(PRESENCE_CHANGED, siteId);
  }

  /** The connections of these agents; of one that is not connected, none. */
  async of(
    agentIds: readonly string[],
    manager: EntityManager = this.database.manager,
  ): Promise<Map<string, Connection>> {
    const rows: (Connection & { agent_id: string; fresh: boolean })[] = await manager.query(
      `select agent_id, instance, session, protocol, seen_at > now() - ${GONE_AFTER} as fresh
       from agent_sessions where agent_id = any($1::uuid[])`,
      [agentIds],
    );
    const isThere = ({ agent_id, instance, session, fresh }: (typeof rows)[number]): boolean =>
      instance === this.notices.instance ? this.sessions.connectionOf(agent_id) === session : fresh;
    return new Map(
      rows
        .filter(isThere)
        .map(({ agent_id, instance, session, protocol }) => [agent_id, { instance, session, protocol }]),
    );
  }

  /**
   * What stands at the other end of the agent's connection at another instance, if it answers within so long; null
   * where there is none, or nobody.
   */
  async answeringElsewhere(
    agentId: string,
    { nonce }: Pick<AgentSession, 'nonce'>,
    withinMs: number,
  ): Promise<Machine | null> {
    const [asked]: [{ session: string }[], number] = await this.database.query(
      `update agent_sessions set asked_by = $2 where agent_id = $1 and instance <> $3
       and seen_at > now() - ${GONE_AFTER} returning session`,
      [agentId, nonce, this.notices.instance],
    );
    const standing = asked[0]?.session;
    if (standing === undefined) return null;
    await this.notices.tell('agent-asked', agentId);
    const until = performance.now() + withinMs;
    while (performance.now() < until) {
      const [row]: { machine: Machine | null; answered: boolean }[] = await this.database.query(
        `select machine, answered_to is not distinct from $3 as answered from agent_sessions
         where agent_id = $1 and session = $2`,
        [agentId, standing, nonce],
      );
      if (!row) return null;
      if (row.answered) return row.machine;
      await setTimeout(ANSWER_LOOKED_FOR_MS);
    }
    return null;
  }

  /** Another instance asks: so does this one, at the other end of the connection, and writes down what it hears. */
  async #ask(agentId: string): Promise<void> {
    const session = this.sessions.of(agentId);
    if (!session || !(await session.answers(ANSWER_WITHIN_MS))) return;
    await this.database.query(
      'update agent_sessions set answered_to = asked_by where agent_id = $1 and session = $2',
      [agentId, session.nonce],
    );
  }

  /** Says that this process is there, and closes those of its connections whose agent has a newer one elsewhere. */
  async renew(only?: string): Promise<void> {
    const here = this.sessions.all().filter(([agentId]) => only === undefined || agentId === only);
    if (this.#stopping || here.length === 0) return;
    const rows = await this.notices.look<{ agent_id: string; session: string }>(
      `with seen as (update agent_sessions set seen_at = now() where instance = $1 and session = any($3::text[]))
       select agent_id, session from agent_sessions where agent_id = any($2::uuid[])`,
      [
        this.notices.instance,
        here.map(([agentId]) => agentId),
        // Not those that have ended while the database was away.
        here.map(([, { nonce }]) => nonce),
      ],
    );
    // Without an answer nothing is known of anybody.
    if (rows === null) return;
    const current = new Map(rows.map(({ agent_id, session }) => [agent_id, session]));
    for (const [agentId, session] of here) {
      const newer = current.get(agentId);
      if (newer !== undefined && newer !== session.nonce && this.sessions.isCurrent(agentId, session))
        this.sessions.close(agentId, CLOSE.replaced, 'the same agent has joined again');
      // Taken for gone, and swept away: it is still there.
      else if (newer === undefined && session.agent) await this.enter(session.agent, session);
    }
  }
}
