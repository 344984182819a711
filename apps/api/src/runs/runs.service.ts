import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { RunOrder } from '@mailpath/protocol';
import { AgentSessions } from '../agents/agent-sessions.ts';
import { deadlines, tasksFor } from '../agents/assignment.ts';
import { invalidField, MailpathError, notFound } from '../errors.ts';
import { ServersService } from '../servers/servers.service.ts';
import { SitesService } from '../sites/sites.service.ts';
import { type NewRun, type Run, type RunServerRow, toRun } from './run.ts';
import { RunEntity } from './run.entity.ts';

/** What an agent may take to hand in its last result once its round is over. */
const GRACE_MS = 5_000;

/** One server's part, as it will be asked for. */
interface Part {
  serverId: string;
  agentId: string | null;
  tasks: RunOrder['tasks'];
}

@Injectable()
export class RunsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sites: SitesService,
    private readonly servers: ServersService,
    private readonly sessions: AgentSessions,
  ) {}

  /** Writes the run down, then asks every connected agent in the same turn. */
  async start(siteId: string, asked: NewRun): Promise<Run> {
    const site = await this.sites.get(siteId);
    const parts = await this.partsOf(site, asked);
    const limits = deadlines(site.everySeconds);
    const requestedAt = new Date();
    const id = uuidv7();
    const deadlineAt = new Date(requestedAt.getTime() + limits.roundDeadlineMs + GRACE_MS);
    await this.dataSource.transaction(async (manager) => {
      await manager.insert(RunEntity, { siteId, id, requestedAt, deadlineAt });
      await manager.query(
        `insert into run_servers (site_id, run_id, server_id, agent_id, expected, received)
         select $1, $2, server_id, agent_id, expected, 0
         from unnest($3::uuid[], $4::uuid[], $5::integer[]) as t(server_id, agent_id, expected)`,
        [
          siteId,
          id,
          parts.map(({ serverId }) => serverId),
          parts.map(({ agentId }) => agentId),
          parts.map(({ agentId, tasks }) => (agentId ? tasks.length : 0)),
        ],
      );
    });
    for (const { agentId, tasks } of parts)
      if (agentId) this.sessions.send(agentId, { event: 'run', data: { runId: id, ...limits, tasks } });
    return this.get(siteId, id);
  }

  async get(siteId: string, id: string): Promise<Run> {
    await this.sites.get(siteId);
    const run = await this.dataSource.getRepository(RunEntity).findOneBy({ siteId, id });
    if (!run) throw notFound('Run', id);
    const [full] = await this.withServers(siteId, [run]);
    return full as Run;
  }

  /** The newest runs first, `limit` at most, those older than `before` (a UUIDv7, so ids are in order of time). */
  async list(siteId: string, limit: number, before: string | undefined): Promise<Run[]> {
    await this.sites.get(siteId);
    const query = this.dataSource
      .getRepository(RunEntity)
      .createQueryBuilder('run')
      .where('run.siteId = :siteId', { siteId })
      .orderBy('run.id', 'DESC')
      .limit(limit);
    if (before) query.andWhere('run.id < :before', { before });
    return this.withServers(siteId, await query.getMany());
  }

  private async withServers(siteId: string, runs: readonly RunEntity[]): Promise<Run[]> {
    const rows: RunServerRow[] = await this.dataSource.query(
      `select p.run_id, p.server_id, s.name, p.agent_id, p.expected, p.received, p.finished_at
       from run_servers p join servers s on s.site_id = p.site_id and s.id = p.server_id
       where p.site_id = $1 and p.run_id = any($2::uuid[]) order by s.name`,
      [siteId, runs.map(({ id }) => id)],
    );
    const now = new Date();
    return runs.map((run) =>
      toRun(
        run,
        rows.filter(({ run_id }) => run_id === run.id),
        now,
      ),
    );
  }

  private async partsOf(site: Awaited<ReturnType<SitesService['get']>>, asked: NewRun): Promise<Part[]> {
    const all = await this.servers.all(site.id);
    const unknown = asked.serverIds?.find((id) => !all.some((server) => server.id === id));
    if (unknown) throw invalidField('serverIds', `this site has no server ${unknown}`);
    const chosen = asked.serverIds ? all.filter(({ id }) => asked.serverIds?.includes(id)) : all;

    const parts = chosen.map(({ id, roles, agent }): Part => {
      const tasks = tasksFor(site, roles).filter(({ check }) => asked.checks?.includes(check) ?? true);
      const connected = agent !== null && tasks.length > 0 && this.sessions.isConnected(agent.id);
      return { serverId: id, agentId: connected ? agent.id : null, tasks };
    });
    if (!parts.some(({ tasks }) => tasks.length > 0))
      throw new MailpathError(
        'conflict',
        'None of these checks is asked of any of these servers; GET /v1/checks lists them.',
      );
    if (!parts.some(({ agentId }) => agentId))
      throw new MailpathError(
        'conflict',
        'No agent of these servers is connected now, so nobody can be asked.',
      );
    return parts;
  }
}
