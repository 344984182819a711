import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { RunEntity } from './run.entity.ts';
import type { Task } from '@mailpath/protocol';
import { MailpathError } from '../../platform/errors.ts';
import { EventBus } from '../../platform/events/event-bus.ts';
import { askedInRun } from '../../fleet/tasks/place-in-run.ts';
import { QueueLock } from '../orders/queue-lock.service.ts';
import { RUN_CHANGED } from './run-events.ts';
import type { RunKind, Withheld } from './run.ts';
import { tooManyRuns } from '../refusals.ts';

/** Runs of one site in a minute; who asks for the same as one that waits begins none. */
const A_MINUTE = 60;
const MINUTE_MS = 60_000;

/** One server's part of a run, as it begins. */
export interface RunPart {
  serverId: string;
  /** Null for a server that cannot be asked. */
  agentId: string | null;
  /** What is asked of it; one result for each is expected. */
  asked: readonly Pick<Task, 'check' | 'target'>[];
  withheld: readonly Withheld[];
}

/** A run as it begins. */
export interface RunBeginning {
  siteId: string;
  id: string;
  kind: RunKind;
  requestedAt: Date;
  deadlineAt: Date;
  /** By which whoever asks the same finds it; null for one that nobody joins. */
  askedKey: Buffer | null;
}

/** What is written down of runs, whoever starts them. */
@Injectable()
export class RunRecords {
  constructor(
    private readonly database: DataSource,
    private readonly lock: QueueLock,
    private readonly events: EventBus,
  ) {}

  /**
   * Throws violations of `runs_asked_key` where another run that was asked for in the same words is kept for whoever
   * joins, and too-many-requests where the site was asked for a run too often, at whichever instance.
   */
  async begin(run: RunBeginning, parts: readonly RunPart[]): Promise<void> {
    const write = async (manager: EntityManager): Promise<void> => {
      await manager.insert(RunEntity, run);
      // After it: who asks for what another has just begun joins that, however many there are.
      if (run.kind === 'asked') await refuseTooMany(manager, run);
      // A server of which nothing is expected has nothing to wait for.
      await manager.query(
        `insert into run_servers (site_id, run_id, server_id, agent_id, expected, received, asked, withheld, finished_at)
         select $1, $2, server_id, agent_id, expected, 0, asked, withheld,
           case when agent_id is not null and expected = 0 then $7::timestamptz end
         from unnest($3::uuid[], $4::uuid[], $5::integer[], $6::jsonb[], $8::jsonb[])
           as t(server_id, agent_id, expected, withheld, asked)`,
        [
          run.siteId,
          run.id,
          parts.map(({ serverId }) => serverId),
          parts.map(({ agentId }) => agentId),
          parts.map(({ asked }) => asked.length),
          parts.map(({ withheld }) => JSON.stringify(withheld)),
          run.requestedAt,
          parts.map(({ asked }) => JSON.stringify(askedInRun(asked))),
        ],
      );
    };
    // One at a time where they are counted, so that many at once are no more than many in turn.
    await (run.kind === 'asked' ? this.lock.hold(run.siteId, write) : this.database.transaction(write));
    void this.events.tell(RUN_CHANGED, run.siteId);
  }

  /** `count` results that were expected of a server will not be asked for after all. */
  async withhold(
    run: Pick<RunBeginning, 'siteId' | 'id'>,
    serverId: string,
    count: number,
    withheld: readonly Withheld[],
  ): Promise<void> {
    await this.database.query(
      `update run_servers set expected = expected - $4, withheld = withheld || $5::jsonb,
         finished_at = case when received >= expected - $4 then coalesce(finished_at, now()) end
       where site_id = $1 and run_id = $2 and server_id = $3`,
      [run.siteId, run.id, serverId, count, JSON.stringify(withheld)],
    );
    void this.events.tell(RUN_CHANGED, run.siteId);
  }

  /** The run that whoever asks this may join, if it still waits. */
  async askedBefore(siteId: string, askedKey: Buffer): Promise<string | null> {
    const row = await this.database.getRepository(RunEntity).findOneBy({ siteId, askedKey });
    return row?.id ?? null;
  }

  /** Nobody joins the run any more. */
  async close(siteId: string, id: string): Promise<void> {
    await this.database.getRepository(RunEntity).update({ siteId, id }, { askedKey: null });
  }
}

async function refuseTooMany(manager: EntityManager, { siteId, requestedAt }: RunBeginning): Promise<void> {
  const newest = await manager.find(RunEntity, {
    select: { siteId: true, id: true, requestedAt: true },
    where: { siteId },
    order: { id: 'DESC' },
    take: A_MINUTE + 1,
  });
  const oldest = newest[A_MINUTE];
  const freeInMs = oldest ? oldest.requestedAt.getTime() + MINUTE_MS - requestedAt.getTime() : 0;
  if (freeInMs <= 0) return;
  // A clock that was set back since keeps nobody waiting for longer than that.
  const seconds = Math.ceil(Math.min(freeInMs, MINUTE_MS) / 1_000);
  throw new MailpathError('too-many-requests', tooManyRuns({ most: A_MINUTE, seconds }), {
    retryAfterSeconds: seconds,
  });
}
