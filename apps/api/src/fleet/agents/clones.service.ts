import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { CLOSE } from '@mailpath/protocol';
import { DataSource } from 'typeorm';
import { Notices } from '../../platform/database/notices.ts';
import { EventBus } from '../../platform/events/event-bus.ts';
import type { AgentSession } from '../../estate/connections/agent-session.ts';
import { AgentSessions } from '../../estate/connections/agent-sessions.ts';
import type { Machine } from '../../estate/connections/machine.ts';
import { ANSWER_WITHIN_MS, Presence } from '../../estate/connections/presence.ts';
import type { Reporter } from '../../estate/connections/reporter.ts';
import { AgentKeys } from '../../estate/servers/agent-keys.service.ts';
import { APPROVAL_WITHDRAWN, SITE_CHANGED } from '../../estate/sites/site-events.ts';
import { AuditLog } from '../../trust/audit/audit-log.service.ts';

/** What both machines are told; a close frame holds 123 bytes. */
export const CLONED =
  'two machines have the key of this agent: an administrator has to settle which is the original';

/**
 * Tells a copy of an agent from one that was started again. A process that has gone, or whose line is dead, answers no
 * ping, and whoever comes takes its place; where the one that stands answers while another proves the same key, two
 * machines have it.
 */
@Injectable()
export class Clones implements OnModuleInit {
  readonly #logger = new Logger('Clones');
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(
    private readonly database: DataSource,
    private readonly sessions: AgentSessions,
    private readonly presence: Presence,
    private readonly keys: AgentKeys,
    private readonly audit: AuditLog,
    private readonly notices: Notices,
    private readonly events: EventBus,
  ) {}

  onModuleInit(): void {
    this.notices.on('agent-quarantined', (agentId) => this.#shut(agentId));
  }

  /** One after the other for one agent, so that two who come at the same moment see each other. */
  async inTurn<T>(agentId: string, work: () => Promise<T>): Promise<T> {
    const mine = (this.#turns.get(agentId) ?? Promise.resolve()).then(work);
    const settled = mine.catch(() => undefined);
    this.#turns.set(agentId, settled);
    try {
      return await mine;
    } finally {
      if (this.#turns.get(agentId) === settled) this.#turns.delete(agentId);
    }
  }

  /**
   * Whether somebody else with the same key is there, now; then both are shut out, and it is told. To be asked in turn,
   * before anything of the newcomer is kept.
   */
  async isCloned(
    reporter: Reporter,
    asker: Pick<AgentSession, 'nonce'>,
    newcomer: Machine,
  ): Promise<boolean> {
    const standing = await this.#standing(reporter.agentId, asker);
    if (!standing) return false;
    await this.#quarantine(reporter, [standing, newcomer]);
    return true;
  }

  /** Whether the agent's key is in quarantine. */
  isShut({ siteId, agentId }: Reporter): Promise<boolean> {
    return this.keys.isShut(siteId, agentId);
  }

  /** Somebody with a key in quarantine has tried. */
  async note({ siteId, agentId }: Reporter, machine: Machine): Promise<void> {
    await this.keys.noteMachine(siteId, agentId, machine);
    void this.events.tell(SITE_CHANGED, siteId);
  }

  async #standing(agentId: string, asker: Pick<AgentSession, 'nonce'>): Promise<Machine | null> {
    const here = this.sessions.of(agentId);
    if (here) return (await here.answers(ANSWER_WITHIN_MS)) ? here.machine : null;
    return this.presence.answeringElsewhere(agentId, asker, ANSWER_WITHIN_MS + 1_000);
  }

  async #quarantine({ siteId, agentId, serverId }: Reporter, machines: readonly Machine[]): Promise<void> {
    const isNew = await this.database.transaction(async (manager) => {
      if (!(await this.keys.quarantine(manager, siteId, agentId, machines))) return false;
      await this.audit.record(
        {
          action: 'quarantineAgent',
          actorKind: 'agent',
          actorId: agentId,
          address: machines.at(-1)?.address ?? null,
          outcome: 'refused',
          status: CLOSE.cloned,
          siteId,
          subject: {
            siteId,
            serverId,
            machines: machines.map(({ hostName, address }) => `${hostName} at ${address}`).join(', '),
          },
        },
        manager,
      );
      return true;
    });
    this.#shut(agentId);
    await this.notices.tell('agent-quarantined', agentId);
    if (!isNew) return;
    this.#logger.warn({ event: 'agent-cloned', siteId, serverId, agentId, machines });
    void this.events.tell(APPROVAL_WITHDRAWN, agentId);
    void this.events.tell(SITE_CHANGED, siteId);
  }

  #shut(agentId: string): void {
    this.sessions.close(agentId, CLOSE.cloned, CLONED);
  }
}
