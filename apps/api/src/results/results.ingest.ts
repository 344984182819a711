import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Delivery, Results } from '@mailpath/protocol';
import { countGivenUp, lockBoot } from './agent-boots.ts';
import { ResultEvents } from './result-events.ts';
import { RESULT_COLUMNS, type Reporter, toRows } from './result-rows.ts';

/** What came of a batch: everything up to `acknowledged` is committed, `stored` results of it were new. */
export interface IngestOutcome {
  acknowledged: number;
  stored: number;
  /** Results the agent had to give up before this batch (its outbox was full or damaged), now counted for ever. */
  dropped: number;
}

const names = Object.keys(RESULT_COLUMNS) as (keyof typeof RESULT_COLUMNS)[];
const LATEST = names.filter((name) => !['agent_id', 'boot', 'sequence', 'id', 'run_id'].includes(name));
const KEY_OF_LATEST = ['site_id', 'server_id', 'check_id', 'target_name'];

/**
 * One statement for the history and for `latest`. An agent delivers in the order in which it observed, so the last delivered
 * is the newest even when its clock was set back in between.
 */
const INSERT_RESULTS = `
with incoming as (
  select * from unnest(${names.map((name, i) => `$${i + 1}::${RESULT_COLUMNS[name]}[]`).join(', ')})
    as t(${names.join(', ')})
), history as (
  insert into results (${names.join(', ')}) select ${names.join(', ')} from incoming on conflict do nothing
)
insert into latest (${LATEST.join(', ')}, result_id)
select distinct on (check_id, target_name) ${LATEST.join(', ')}, id
from incoming order by check_id, target_name, sequence desc
on conflict (${KEY_OF_LATEST.join(', ')}) do update set
  ${[...LATEST.filter((name) => !KEY_OF_LATEST.includes(name)), 'result_id'].map((name) => `${name} = excluded.${name}`).join(', ')}`;

const YEAR_MS = 366 * 86_400_000;
const DAY_MS = 86_400_000;

/** Puts batches of results into Postgres: each result exactly once, or counted as dropped. */
@Injectable()
export class ResultsIngest {
  /** Weeks whose partition this process has seen, by the day they begin. */
  private readonly weeks = new Set<number>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly events: ResultEvents,
  ) {}

  /** Commits the batch and tells of it, and of the results that runs asked for, or throws and has stored nothing of it. */
  async store(reporter: Reporter, { boot, deliveries, givenUp = [] }: Results): Promise<IngestOutcome> {
    const receivedAt = new Date();
    let ofRuns: readonly Delivery[] = [];
    await this.ensurePartitions(deliveries, receivedAt);
    const outcome = await this.dataSource.transaction(async (manager) => {
      const lost = await countGivenUp(manager, reporter, givenUp);
      const before = await lockBoot(manager, reporter, boot);
      const fresh = deliveries.filter(({ sequence }) => sequence > before);
      const [first] = fresh;
      const last = fresh.at(-1);
      if (!first || !last) return { acknowledged: before, stored: 0, dropped: lost };

      const asked = await this.askedRuns(manager, reporter, fresh);
      const known = fresh.map((d) => (d.runId && asked.has(d.runId) ? d : { ...d, runId: null }));
      const { rows, contents } = toRows(reporter, boot, known, receivedAt);
      await keepEvidence(manager, reporter.siteId, contents);
      await manager.query(
        INSERT_RESULTS,
        names.map((name) => rows.map((row) => row[name])),
      );
      await countForRuns(manager, reporter, known);
      ofRuns = known.filter(({ runId }) => runId !== null);
      const dropped = first.sequence - before - 1;
      await manager.query(
        `update agent_boots set acknowledged = $4, dropped = dropped + $5
         where site_id = $1 and agent_id = $2 and boot = $3`,
        [reporter.siteId, reporter.agentId, boot, last.sequence, dropped],
      );
      await manager.query(`update agents set last_seen_at = $3 where site_id = $1 and id = $2`, [
        reporter.siteId,
        reporter.agentId,
        receivedAt,
      ]);
      return { acknowledged: last.sequence, stored: fresh.length, dropped: dropped + lost };
    });
    if (outcome.stored > 0) this.events.batchStored(reporter);
    if (ofRuns.length > 0) await this.events.stored(reporter, ofRuns);
    return outcome;
  }

  /** Times that a working clock can show get their week; what lies beyond waits in the default partition. */
  private async ensurePartitions(deliveries: readonly Delivery[], now: Date): Promise<void> {
    const weeks = new Map<number, number>();
    for (const { result } of deliveries) {
      const at = Date.parse(result.startedAt);
      if (at < now.getTime() - YEAR_MS || at > now.getTime() + DAY_MS) continue;
      // 1970-01-01 was a Thursday: four days on, weeks begin on Mondays
      weeks.set(Math.floor((at - 4 * DAY_MS) / (7 * DAY_MS)), at);
    }
    for (const [week, at] of weeks) {
      if (this.weeks.has(week)) continue;
      await this.dataSource.query('select ensure_results_partition($1)', [new Date(at)]);
      this.weeks.add(week);
    }
  }

  /** The runs among these that this server was asked to take part in; any other id would be the agent's invention. */
  private async askedRuns(
    manager: EntityManager,
    { siteId, serverId, agentId }: Reporter,
    deliveries: readonly Delivery[],
  ): Promise<Set<string>> {
    const ids = [...new Set(deliveries.flatMap(({ runId }) => runId ?? []))];
    if (ids.length === 0) return new Set();
    const rows: { run_id: string }[] = await manager.query(
      `select run_id from run_servers
       where site_id = $1 and server_id = $2 and agent_id = $3 and run_id = any($4::uuid[])`,
      [siteId, serverId, agentId, ids],
    );
    return new Set(rows.map(({ run_id }) => run_id));
  }
}

/** The day is renewed so that a later clean-up can tell what no recent result points to; hashes in order avoid deadlocks. */
async function keepEvidence(
  manager: EntityManager,
  siteId: string,
  contents: ReadonlyMap<string, string>,
): Promise<void> {
  if (contents.size === 0) return;
  const hashes = [...contents.keys()].sort();
  await manager.query(
    `insert into evidence (site_id, hash, content, seen_on)
     select $1, decode(hash, 'hex'), content, current_date
     from unnest($2::text[], $3::jsonb[]) as t(hash, content)
     on conflict (site_id, hash) do update set seen_on = excluded.seen_on where evidence.seen_on < excluded.seen_on`,
    [siteId, hashes, hashes.map((hash) => contents.get(hash))],
  );
}

async function countForRuns(
  manager: EntityManager,
  { siteId, serverId }: Reporter,
  deliveries: readonly Delivery[],
): Promise<void> {
  const counts = new Map<string, number>();
  // A run asks for each check once; a second look comes on top of that.
  for (const { runId, result } of deliveries)
    if (runId && result.repeats === null) counts.set(runId, (counts.get(runId) ?? 0) + 1);
  // in the order of their ids, so that two batches which touch the same runs never wait for each other in a circle
  for (const [runId, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
    await manager.query(
      `update run_servers set received = received + $4,
         finished_at = case when received + $4 >= expected then now() end
       where site_id = $1 and server_id = $2 and run_id = $3`,
      [siteId, serverId, runId, count],
    );
}
