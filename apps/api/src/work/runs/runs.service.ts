import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { RunOrder } from '@mailpath/protocol';
import { Presence } from '../../estate/connections/presence.ts';
import { tasksFor } from '../../fleet/tasks/assignment.ts';
import { deadlines, GRACE_MS } from '../../fleet/tasks/deadlines.ts';
import { Clock } from '../../platform/clock.ts';
import { invalidField, MailpathError } from '../../platform/errors.ts';
import { notFound } from '../../platform/not-found.ts';
import { notLent } from '../../estate/servers/lendee.ts';
import { violates } from '../../platform/database/violations.ts';
import { mailboxOrder } from './mailbox-order.ts';
import { MailRounds } from './mail-rounds.service.ts';
import type { Plan } from './plan.ts';
import { checksOrder } from './checks-order.ts';
import type { NewOrder } from '../orders/order-handler.ts';
import { ClientProofs } from '../orders/client-proofs.service.ts';
import { OrderQueue } from '../orders/order-queue.service.ts';
import type { Server } from '../../estate/servers/server.ts';
import { NO_ORDERS } from '../../estate/servers/agent-line.ts';
import { ServersService } from '../../estate/servers/servers.service.ts';
import type { Site } from '../../estate/sites/site.ts';
import { SitesService } from '../../estate/sites/sites.service.ts';
import { type NewRun, type Run, type RunKind, type RunServerRow, toRun, type Withheld } from './run.ts';
import { RunEntity } from './run.entity.ts';
import { RunRecords } from './run-records.service.ts';
import { nobodyToAsk, noneOfTheChecks } from '../refusals.ts';
import { serverNotHere } from '../../estate/field-refusals.ts';

/** One server's part, as it will be asked for without credentials. */
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
    private readonly presence: Presence,
    private readonly queue: OrderQueue,
    private readonly records: RunRecords,
    private readonly mail: MailRounds,
    private readonly proofs: ClientProofs,
    private readonly clock: Clock,
  ) {}

  /**
   * Writes the run down, then asks every connected agent in the same turn; what needs a credential follows as it
   * becomes free.
   */
  async start(siteId: string, asked: NewRun): Promise<Run> {
    const site = await this.sites.get(siteId);
    const chosen = await this.chosen(site, asked);
    const parts = chosen.map((server): Part => {
      const tasks = tasksFor(site, server.roles).filter(({ check }) => asked.checks?.includes(check) ?? true);
      return { serverId: server.id, agentId: agentOf(server), tasks };
    });
    const plan: Plan =
      asked.mailboxes === false
        ? { orders: [], withheld: new Map() }
        : await this.planFor(site, chosen, asked.checks);
    refuseNothing(parts, plan);
    return this.joinOrBegin(site, parts, plan);
  }

  /**
   * Whoever asks for what a run was asked for that still waits joins it, whichever instance began it: of many at a time
   * one begins.
   */
  private async joinOrBegin(site: Site, parts: readonly Part[], plan: Plan): Promise<Run> {
    const askedKey = await this.sameAs(site, parts, plan);
    for (;;) {
      const before = await this.records.askedBefore(site.id, askedKey);
      if (before !== null && (await this.waits(site.id, before))) return this.get(site.id, before);
      if (before !== null) await this.records.close(site.id, before);
      try {
        return await this.begin(site, 'asked', parts, plan, askedKey);
      } catch (error) {
        // Another request has begun it in this moment: the next look finds that run.
        if (!violates(error, 'runs_asked_key')) throw error;
      }
    }
  }

  /**
   * The same for requests that ask the same checks of the same connections: who has connected since, or again, was not
   * asked yet.
   */
  private async sameAs(site: Site, parts: readonly Part[], { orders }: Plan): Promise<Buffer> {
    const connections = await this.presence.of(parts.flatMap(({ agentId }) => agentId ?? []));
    const asked = parts.map((part) => [part, part.agentId && connections.get(part.agentId)?.session]);
    return createHash('sha256')
      .update(JSON.stringify([site.id, asked, orders]))
      .digest();
  }

  /** Whether a run is still ahead: sign-ins of it have no turn yet, or nobody has answered anything. */
  private async waits(siteId: string, runId: string): Promise<boolean> {
    if (await this.queue.waits(siteId, runId)) return true;
    const { state, servers } = await this.get(siteId, runId);
    return state === 'running' && servers.every(({ received }) => received === 0);
  }

  /**
   * Signs in to the mailboxes alone, if anybody can be asked now and `claim` says that it is ours to do; null
   * otherwise.
   */
  async startMailboxes(siteId: string, claim: () => Promise<boolean>): Promise<Run | null> {
    const site = await this.sites.get(siteId);
    const chosen = await this.servers.all(siteId);
    const plan = await this.planFor(site, chosen);
    if (plan.orders.length === 0 || !(await claim())) return null;
    const parts = chosen.map((server) => ({
      serverId: server.id,
      agentId: agentOf(server),
      tasks: [],
    }));
    return this.begin(site, 'mailboxes', parts, plan);
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

  private async begin(
    site: Site,
    kind: RunKind,
    parts: readonly Part[],
    plan: Plan,
    askedKey: Buffer | null = null,
  ): Promise<Run> {
    const limits = deadlines(site.everySeconds);
    const requestedAt = this.clock.now();
    const id = uuidv7();
    const queueMs = await this.mail.queueMs(site.id, plan.orders);
    const wholeMs = Math.max(limits.roundDeadlineMs, queueMs) + GRACE_MS;
    const deadlineAt = new Date(requestedAt.getTime() + wholeMs);
    const unreached = await this.#unreached(site.id);
    await this.records.begin(
      { siteId: site.id, id, kind, requestedAt, deadlineAt, askedKey },
      parts.map(({ serverId, agentId, tasks }) => {
        const withheld =
          plan.withheld.get(serverId) ?? (agentId === null ? (unreached.get(serverId) ?? []) : []);
        const signIns = plan.orders.filter((order) => order.serverId === serverId);
        const all = [...tasks, ...signIns.flatMap((order) => order.tasks)];
        const isAsked = agentId !== null && all.length + withheld.length > 0;
        return { serverId, agentId: isAsked ? agentId : null, asked: isAsked ? all : [], withheld };
      }),
    );
    const run = { id, kind, deadlineAt };
    const checks = parts.flatMap(({ serverId, agentId, tasks }): NewOrder[] =>
      agentId && tasks.length > 0
        ? [checksOrder(site.id, run, { serverId, agentId, tasks: [...tasks], ...limits })]
        : [],
    );
    await this.queue.ask(site.id, [
      ...checks,
      ...plan.orders.map((order) => mailboxOrder(site.id, run, order)),
    ]);
    return this.get(site.id, id);
  }

  private async withServers(siteId: string, runs: readonly RunEntity[]): Promise<Run[]> {
    const rows: RunServerRow[] = await this.dataSource.query(
      `select p.run_id, p.server_id, s.name, p.agent_id, p.expected, p.received, p.withheld, p.finished_at
       from run_servers p join servers s on s.site_id = p.site_id and s.id = p.server_id
       where p.site_id = $1 and p.run_id = any($2::uuid[]) order by s.name`,
      [siteId, runs.map(({ id }) => id)],
    );
    const now = this.clock.now();
    return runs.map((run) =>
      toRun(
        run,
        rows.filter(({ run_id }) => run_id === run.id),
        now,
      ),
    );
  }

  /** By server, what is said of those whose agents report and have no socket. */
  async #unreached(siteId: string): Promise<Map<string, Withheld[]>> {
    const servers = await this.servers.all(siteId);
    return new Map(
      servers.flatMap(({ id, agent }) =>
        agent?.line ? [[id, [{ userName: '', reason: NO_ORDERS, until: null }]]] : [],
      ),
    );
  }

  private async planFor(site: Site, servers: readonly Server[], checks?: readonly string[]): Promise<Plan> {
    const needed = await this.proofs.protocol(site.id);
    const connected = servers.flatMap((server) => {
      const agentId = agentOf(server);
      if (agentId === null || server.agent === null) return [];
      const { approval, protocol } = server.agent;
      const barred = notLent({ approved: approval === 'approved', protocol: protocol ?? 0 }, needed);
      return [{ id: server.id, roles: server.roles, agentId, notLent: barred }];
    });
    return this.mail.plan(site, connected, checks);
  }

  private async chosen(site: Site, asked: NewRun): Promise<Server[]> {
    const all = await this.servers.all(site.id);
    const unknown = asked.serverIds?.find((id) => !all.some((server) => server.id === id));
    if (unknown) throw invalidField('serverIds', serverNotHere({ id: unknown }));
    return asked.serverIds ? all.filter(({ id }) => asked.serverIds?.includes(id)) : all;
  }
}

/** The agent that speaks for a server, if it can be asked now. */
const agentOf = ({ agent }: Server): string | null => (agent?.state === 'connected' ? agent.id : null);

/** A run that asks nobody for anything would be done before it began. */
function refuseNothing(parts: readonly Part[], plan: Plan): void {
  const signsIn = plan.orders.length > 0 || plan.withheld.size > 0;
  if (!signsIn && parts.every(({ tasks }) => tasks.length === 0))
    throw new MailpathError('conflict', noneOfTheChecks());
  if (!parts.some(({ agentId }) => agentId)) throw new MailpathError('conflict', nobodyToAsk());
}
