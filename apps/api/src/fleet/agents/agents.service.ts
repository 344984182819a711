import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CLOSE, type Join, type Role } from '@mailpath/protocol';
import { notFound } from '../../platform/errors.ts';
import type { Reporter } from '../../estate/connections/reporter.ts';
import { EventBus } from '../../platform/events/event-bus.ts';
import { AGENT_REVOKED } from '../../estate/sites/site-events.ts';
import { type Agent } from '../../estate/servers/agent.ts';
import { EnrolledAgents } from '../../estate/servers/enrolled-agents.service.ts';
import { AgentSessions } from '../../estate/connections/agent-sessions.ts';
import { Presence } from '../../estate/connections/presence.ts';
import { provesJoin } from '../../estate/connections/join-proof.ts';

/** An agent that has proved its key, and the server it speaks for. */
export interface KnownAgent {
  reporter: Reporter;
  serverName: string;
  roles: Role[];
  publicKey: Uint8Array;
}

@Injectable()
export class AgentsService implements OnModuleInit {
  constructor(
    private readonly database: DataSource,
    private readonly agents: EnrolledAgents,
    private readonly sessions: AgentSessions,
    private readonly presence: Presence,
    private readonly events: EventBus,
  ) {}

  onModuleInit(): void {
    this.events.on(AGENT_REVOKED, (agentId) => this.#disconnect(agentId));
  }

  /** The agent, if it exists, is not revoked and the signature is its own; its facts and the moment are noted. */
  async prove(join: Join, nonce: string): Promise<KnownAgent | null> {
    const speaker = await this.agents.speaker(join.agentId);
    if (!speaker || !provesJoin(speaker.publicKey, nonce, join.agentId, join.signature)) return null;
    const { siteId, serverId, publicKey, serverName, roles } = speaker;
    await this.agents.noteJoin(siteId, join.agentId, join.facts);
    return { reporter: { siteId, agentId: join.agentId, serverId }, serverName, roles, publicKey };
  }

  /** The public keys of all agents that may join, by agent. */
  async publicKeys(): Promise<Map<string, Uint8Array>> {
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
