import { clockAhead } from '@mailpath/diagnosis';
import { Injectable, Logger } from '@nestjs/common';
import type { CheckResult, Delivery, Results } from '@mailpath/protocol';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../platform/clock.ts';
import { isWithoutPartition } from '../../platform/database/violations.ts';
import { advanceBoots, type BootState, countGivenUp, lockBoots } from './agent-boots.ts';
import { type StoredEvidence, storeEvidence } from './evidence-store.ts';
import type { MemberOutcome } from './group-commit.ts';
import { lockUnrevoked, type Reporter, RevokedReporter } from '../../estate/connections/reporter.ts';
import { type InsertResults, insertResults } from './insert-results.ts';
import { type ResultRow, toRow } from './result-rows.ts';
import { RetentionService } from '../retention/retention.service.ts';
import { RunShares } from './run-shares.ts';
import { StoredContents } from './stored-contents.ts';

/** A frame of results, when it arrived, and which of its results were asked for. */
export interface Batch {
  reporter: Reporter;
  results: Results;
  receivedAt: Date;
  isAsked: (result: CheckResult) => boolean;
}

/** What came of a batch: everything up to `acknowledged` is committed, `stored` results of it were new. */
export interface IngestOutcome {
  acknowledged: number;
  stored: number;
  /** Results the agent had to give up before this batch (its outbox was full or damaged), now counted for ever. */
  dropped: number;
}

/** A batch that is committed, with those of its results that runs asked for. */
export interface StoredBatch {
  outcome: IngestOutcome;
  ofRuns: readonly Delivery[];
}

/** A batch as far as it is new, where its agent stands, and how many results it has given up of earlier boots. */
interface Fresh {
  batch: Batch;
  before: BootState;
  deliveries: readonly Delivery[];
  lost: number;
}

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

/**
 * Stores batches of several agents, and several sites, in one transaction with as many statements as one batch would
 * need. Each statement locks its rows in one order, and all of them come in one order, on every instance: agents, their
 * boots, their shares of runs, what they have had stored, contents, `latest`.
 */
@Injectable()
export class BatchGroups {
  readonly #logger = new Logger('Ingest');
  /** Weeks whose partition this process has seen, by the day they begin. */
  readonly #weeks = new Set<number>();
  readonly #contents = new StoredContents();
  #insertion: InsertResults | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly retention: RetentionService,
  ) {}

  /**
   * No two of the batches are of the same server. Rejects where nothing is committed; a revoked agent is refused alone.
   */
  async commit(batches: readonly Batch[]): Promise<MemberOutcome<StoredBatch>[]> {
    const now = this.clock.now();
    const { era } = this.#contents;
    const contents: string[] = [];
    try {
      const outcomes = await this.database.transaction((manager) =>
        this.#outcomes(manager, batches, now, contents),
      );
      this.#contents.remember(contents, now, era);
      return outcomes;
    } catch (error) {
      this.#contents.forget();
      throw error;
    }
  }

  async #outcomes(
    manager: EntityManager,
    batches: readonly Batch[],
    now: Date,
    contents: string[],
  ): Promise<MemberOutcome<StoredBatch>[]> {
    const reporters = batches.map(({ reporter }) => reporter);
    const { agentIds, postgres } = await lockUnrevoked(manager, reporters);
    const known = batches.filter(({ reporter }) => agentIds.has(reporter.agentId));
    if (postgres !== null) this.#contents.areOf(postgres);
    const stored = known.length === 0 ? new Map() : await this.#store(manager, known, now, contents);
    return batches.map((batch) => {
      const value: StoredBatch | undefined = stored.get(batch);
      if (value) return { value };
      return { refusal: new RevokedReporter(`agent ${batch.reporter.agentId} was revoked`) };
    });
  }

  async #store(
    manager: EntityManager,
    batches: readonly Batch[],
    now: Date,
    contents: string[],
  ): Promise<Map<Batch, StoredBatch>> {
    const all = await freshOf(manager, batches, now);
    const stored = new Map<Batch, StoredBatch>(
      all.map(({ batch, before, lost }) => [
        batch,
        { outcome: { acknowledged: before.acknowledged, stored: 0, dropped: lost }, ofRuns: [] },
      ]),
    );
    const fresh = all.filter(({ deliveries }) => deliveries.length > 0);
    if (fresh.length === 0) return stored;
    const shares = await RunShares.lock(
      manager,
      fresh.map(({ batch, deliveries }) => ({ reporter: batch.reporter, deliveries })),
    );
    const taken = fresh.map(({ batch: { reporter }, deliveries }) => ({
      reporter,
      deliveries: deliveries.map((delivery) => shares.take(reporter, delivery)),
    }));
    const keptMs = (await this.retention.lately(manager)).resultsDays * DAY_MS;
    const kept = await storeEvidence(manager, taken, now, this.#contents);
    contents.push(...kept.contents);
    const rows: { row: ResultRow; isAsked: boolean }[] = [];
    const advances = fresh.map(({ batch, before, deliveries: [first], lost }, i) => {
      const { reporter, results, receivedAt, isAsked } = batch;
      const { deliveries } = taken[i] as (typeof taken)[number];
      const { splits, leftOut } = kept.evidence[i] as StoredEvidence;
      if (leftOut > 0) this.#logger.warn({ event: 'evidence-left-out', agentId: reporter.agentId, leftOut });
      const clockAheadMs = clockAhead(deliveries.map(({ result }) => result)) ?? before.clockAheadMs;
      const time = { receivedAt, aheadMs: clockAheadMs, keptMs };
      for (const [at, delivery] of deliveries.entries())
        rows.push({
          row: toRow(reporter, results.boot, delivery, splits[at] as never, time),
          isAsked: isAsked(delivery.result),
        });
      const acknowledged = deliveries.at(-1)?.sequence ?? before.acknowledged;
      const dropped = (first?.sequence ?? 0) - before.acknowledged - 1;
      stored.set(batch, {
        outcome: { acknowledged, stored: deliveries.length, dropped: dropped + lost },
        ofRuns: deliveries.filter(({ runId }) => runId !== null),
      });
      return { reporter, boot: results.boot, acknowledged, clockAheadMs, dropped };
    });
    await this.#insert(manager, rows);
    await shares.save(manager, now);
    await advanceBoots(manager, advances, now);
    return stored;
  }

  async #insert(
    manager: EntityManager,
    rows: readonly { row: ResultRow; isAsked: boolean }[],
  ): Promise<void> {
    await this.#ensurePartitions(
      manager,
      rows.map(({ row }) => row),
    );
    const { sql, properties } = (this.#insertion ??= insertResults(this.database));
    try {
      await manager.query(sql, [
        ...properties.map((property) => rows.map(({ row }) => row[property])),
        rows.map(({ isAsked }) => isAsked),
      ]);
    } catch (error) {
      // Another instance, with another clock or another setting, has dropped the week: it is made again when the batch
      // comes again.
      if (isWithoutPartition(error)) this.#weeks.clear();
      throw error;
    }
  }

  /** All moments lie within what is kept, so that no agent makes more than those weeks. */
  async #ensurePartitions(manager: EntityManager, rows: readonly ResultRow[]): Promise<void> {
    for (const { observedAt: at } of rows) {
      // 1970-01-01 was a Thursday: four days on, weeks begin on Mondays
      const week = Math.floor((at.getTime() - 4 * DAY_MS) / WEEK_MS);
      if (this.#weeks.has(week)) continue;
      await manager.query('select ensure_weekly_partition($1, $2)', ['results', at]);
      this.#weeks.add(week);
    }
  }
}

/** What an agent has given up comes before its batch: only a batch that is alone in its group has any. */
async function freshOf(manager: EntityManager, batches: readonly Batch[], now: Date): Promise<Fresh[]> {
  const lost: number[] = [];
  for (const { reporter, results } of batches)
    lost.push(await countGivenUp(manager, reporter, results.givenUp ?? [], now));
  const states = await lockBoots(
    manager,
    batches.map(({ reporter, results }) => ({ reporter, boot: results.boot })),
    now,
  );
  return batches.map((batch, i) => {
    const before = states[i] as BootState;
    const isFresh = ({ sequence }: Delivery): boolean => sequence > before.acknowledged;
    return { batch, before, deliveries: batch.results.deliveries.filter(isFresh), lost: lost[i] ?? 0 };
  });
}
