import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CLOSE, type Join, type Role } from '@mailpath/protocol';
import { notFound } from '../../platform/errors.ts';
import type { Reporter } from '../../estate/connections/reporter.ts';
import { SiteEvents } from '../../estate/sites/site-events.ts';
import { type Agent } from '../../estate/servers/agent.ts';
import { AgentEntity } from '../../estate/servers/agent.entity.ts';
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

interface AgentRow {
  site_id: string;
  server_id: string;
  public_key: Buffer;
  name: string;
  roles: Role[];
}

interface AgentEntityRow {
  id: string;
  server_id: string;
  version: string;
  host_name: string;
  platform: string;
  node_version: string;
  enrolled_at: Date;
  last_seen_at: Date | null;
  revoked_at: Date | null;
}

@Injectable()
export class AgentsService implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sessions: AgentSessions,
    private readonly presence: Presence,
    private readonly events: SiteEvents,
  ) {}

  onModuleInit(): void {
    this.events.onAgentRevoked((agentId) => this.disconnect(agentId));
  }

  /** The agent, if it exists, is not revoked and the signature is its own; its facts and the moment are noted. */
  async prove(join: Join, nonce: string): Promise<KnownAgent | null> {
    const [row]: AgentRow[] = await this.dataSource.query(
      `select a.site_id, a.server_id, a.public_key, s.name, s.roles
       from agents a join servers s on s.site_id = a.site_id and s.id = a.server_id
       where a.id = $1 and a.revoked_at is null and s.retired_at is null`,
      [join.agentId],
    );
    if (!row || !provesJoin(row.public_key, nonce, join.agentId, join.signature)) return null;
    const { version, hostName, platform, nodeVersion } = join.facts;
    await this.dataSource.query(
      `update agents set version = $3, host_name = $4, platform = $5, node_version = $6, last_seen_at = now()
       where site_id = $1 and id = $2`,
      [row.site_id, join.agentId, version, hostName, platform, nodeVersion],
    );
    return {
      reporter: { siteId: row.site_id, agentId: join.agentId, serverId: row.server_id },
      serverName: row.name,
      roles: row.roles,
      publicKey: row.public_key,
    };
  }

  /** The public keys of all agents that may join, by agent. */
  async publicKeys(): Promise<Map<string, Uint8Array>> {
    const rows: { id: string; public_key: Buffer }[] = await this.dataSource.query(
      'select id, public_key from agents where revoked_at is null',
    );
    return new Map(rows.map(({ id, public_key }) => [id, public_key]));
  }

  /** Newest first (ids are UUIDv7), `limit` at most, those enrolled before the agent `before`. */
  async list(siteId: string, limit: number, before: string | undefined): Promise<Agent[]> {
    const rows: (AgentEntityRow & { dropped: string })[] = await this.dataSource.query(
      `select a.*, (select coalesce(sum(b.dropped), 0) from agent_boots b
                    where b.site_id = a.site_id and b.agent_id = a.id) as dropped
       from agents a where a.site_id = $1 and ($2::uuid is null or a.id < $2) order by a.id desc limit $3`,
      [siteId, before, limit],
    );
    const connected = await this.presence.of(rows.map(({ id }) => id));
    return rows.map((row) => ({
      id: row.id,
      serverId: row.server_id,
      state: stateOf(row, connected.has(row.id)),
      facts: {
        version: row.version,
        hostName: row.host_name,
        platform: row.platform,
        nodeVersion: row.node_version,
      },
      enrolledAt: row.enrolled_at.toISOString(),
      lastSeenAt: row.last_seen_at?.toISOString() ?? null,
      revokedAt: row.revoked_at?.toISOString() ?? null,
      droppedResults: Number(row.dropped),
    }));
  }

  /** Ends an agent's right to join, and its connection. What it has reported stays. */
  async revoke(siteId: string, agentId: string): Promise<void> {
    const { affected } = await this.dataSource
      .getRepository(AgentEntity)
      .update({ siteId, id: agentId }, { revokedAt: () => 'coalesce(revoked_at, now())' });
    if (affected === 0) throw notFound('Agent', agentId);
    this.disconnect(agentId);
    this.events.agentRevoked(agentId);
  }

  /** Cuts the connection of an agent that may not join any more. */
  private disconnect(agentId: string): void {
    this.sessions.close(agentId, CLOSE.revoked, 'this agent was revoked: enrol it again');
  }
}

function stateOf({ revoked_at }: AgentEntityRow, isConnected: boolean): Agent['state'] {
  if (revoked_at) return 'revoked';
  return isConnected ? 'connected' : 'disconnected';
}
