import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type AgentFacts, CLOSE, type Join, type Role } from '@mailpath/protocol';
import { notFound } from '../../platform/not-found.ts';
import type { Reporter } from '../../estate/connections/reporter.ts';
import { EventBus } from '../../platform/events/event-bus.ts';
import { AGENT_KEYS_CHANGED, AGENT_REVOKED, SITE_CHANGED } from '../../estate/sites/site-events.ts';
import { type Agent } from '../../estate/servers/agent.ts';
import { AgentKeys } from '../../estate/servers/agent-keys.service.ts';
import { EnrolledAgents } from '../../estate/servers/enrolled-agents.service.ts';
import { AgentSessions } from '../../estate/connections/agent-sessions.ts';
import { Presence } from '../../estate/connections/presence.ts';
import { provesJoin } from '../../estate/connections/join-proof.ts';

/** An agent that has proved its key, and the server it speaks for. */
export interface KnownAgent {
  reporter: Reporter;
  serverName: string;
  roles: Role[];
  /** By which it may join. */
  keys: Uint8Array[];
  /** Two machines have its key. */
  isQuarantined: boolean;
  /** Of those, the process that may join all the same. */
  originalBoot: string | null;
  /** It is to make a new key. */
  isAskedForNewKey: boolean;
}

@Injectable()
export class AgentsService implements OnModuleInit {
  constructor(
    private readonly database: DataSource,
    private readonly agents: EnrolledAgents,
    private readonly keys: AgentKeys,
    private readonly sessions: AgentSessions,
    private readonly presence: Presence,
    private readonly events: EventBus,
  ) {}

  onModuleInit(): void {
    this.events.on(AGENT_REVOKED, (agentId) => this.#disconnect(agentId));
  }

  /**
   * The agent, if it exists, is not revoked and the signature is its own. One that signs with the key that it goes
   * over to has it from now on, and no other.
   */
  async prove({ agentId, signature }: Join, nonce: string): Promise<KnownAgent | null> {
    const speaker = await this.agents.speaker(agentId);
    if (!speaker) return null;
    const { siteId, serverId, publicKey, nextKey, serverName, roles } = speaker;
    const isBy = (key: Uint8Array): boolean => provesJoin(key, nonce, agentId, signature);
    const known = { reporter: { siteId, agentId, serverId }, serverName, roles };
    if (nextKey && isBy(nextKey)) {
      if (!(await this.keys.promote(siteId, agentId, nextKey))) return null;
      void this.events.tell(AGENT_KEYS_CHANGED, agentId);
      void this.events.tell(SITE_CHANGED, siteId);
      return { ...known, keys: [nextKey], isQuarantined: false, originalBoot: null, isAskedForNewKey: false };
    }
    if (!isBy(publicKey)) return null;
    return {
      ...known,
      keys: nextKey ? [publicKey, nextKey] : [publicKey],
      isQuarantined: speaker.quarantinedAt !== null,
      originalBoot: speaker.originalBoot,
      isAskedForNewKey: speaker.rotationAskedAt !== null,
    };
  }

  /** It has joined now, and says this of its machine. */
  async noteJoin({ siteId, agentId }: Reporter, facts: AgentFacts): Promise<void> {
    await this.agents.noteJoin(siteId, agentId, facts);
    await this.agents.forgetLine(siteId, agentId);
  }

  /** The public keys by which each agent may join, by agent. */
  async publicKeys(): Promise<Map<string, Uint8Array[]>> {
    return this.agents.publicKeys();
  }

  /** Newest first (ids are UUIDv7), `limit` at most, those enrolled before the agent `before`. */
  async list(siteId: string, limit: number, before: string | undefined): Promise<Agent[]> {
    const rows = await this.agents.list(siteId, limit, before);
    const given: { agent_id: string; dropped: string }[] = await this.database.query(
      `select agent_id, sum(dropped) as dropped from agent_boots
       where site_id = $1 and agent_id = any($2) group by agent_id`,
      [siteId, rows.map(({ id }) => id)],
    );
    const dropped = new Map(given.map((row) => [row.agent_id, Number(row.dropped)]));
    const connected = await this.presence.of(rows.map(({ id }) => id));
    return rows.map(({ id, serverId, version, hostName, platform, nodeVersion, ...row }) => ({
      id,
      serverId,
      state: row.revokedAt ? 'revoked' : connected.has(id) ? 'connected' : 'disconnected',
      facts: { version, hostName, platform, nodeVersion },
      enrolledAt: row.enrolledAt.toISOString(),
      lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
      revokedAt: row.revokedAt?.toISOString() ?? null,
      droppedResults: dropped.get(id) ?? 0,
    }));
  }

  /** Ends an agent's right to join, and its connection. What it has reported stays. */
  async revoke(siteId: string, agentId: string): Promise<void> {
    if (!(await this.agents.revoke(siteId, agentId))) throw notFound('Agent', agentId);
    this.#disconnect(agentId);
    void this.events.tell(AGENT_REVOKED, agentId);
  }

  /** Cuts the connection of an agent that may not join any more. */
  #disconnect(agentId: string): void {
    this.sessions.close(agentId, CLOSE.revoked, 'this agent was revoked: enrol it again');
  }
}
