import { clockAhead } from '@mailpath/diagnosis';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { CheckResult, Delivery, Results } from '@mailpath/protocol';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../platform/clock.ts';
import { type ApiConfig, CONFIG } from '../../platform/config.ts';
import { isWithoutPartition } from '../../platform/database/violations.ts';
import { AskedCells } from './asked-cells.service.ts';
import { advanceBoot, countGivenUp, lockBoot } from './agent-boots.ts';
import { storeEvidence } from './evidence-store.ts';
import { EventBus } from '../../platform/events/event-bus.ts';
import { BATCH_STORED, RUN_RESULTS_STORED } from './result-events.ts';
import { type Reporter, refuseRevoked } from '../../estate/connections/reporter.ts';
import { type InsertResults, insertResults } from './insert-results.ts';
import { type ResultRow, toRow } from './result-rows.ts';
import { RunShares } from './run-shares.ts';

/** What came of a batch: everything up to `acknowledged` is committed, `stored` results of it were new. */
export interface IngestOutcome {
  acknowledged: number;
  stored: number;
  /** Results the agent had to give up before this batch (its outbox was full or damaged), now counted for ever. */
  dropped: number;
}

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

/** Puts batches of results into Postgres: each result exactly once, or counted as dropped. */
@Injectable()
export class ResultsIngest {
  readonly #logger = new Logger('Ingest');
  /** Weeks whose partition this process has seen, by the day they begin. */
  readonly #weeks = new Set<number>();
  readonly #keptMs: number;
  #insertion: InsertResults | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly events: EventBus,
    private readonly cells: AskedCells,
    private readonly clock: Clock,
    @Inject(CONFIG) config: ApiConfig,
  ) {
    this.#keptMs = config.MAILPATH_RETENTION_DAYS * DAY_MS;
  }

  /**
   * Commits the batch and tells of it, and of the results that runs asked for, or throws and has stored nothing of it.
   */
  async store(reporter: Reporter, { boot, deliveries, givenUp = [] }: Results): Promise<IngestOutcome> {
    const receivedAt = this.clock.now();
    const results = deliveries.map(({ result }) => result);
    // On a connection of its own, so before the transaction has taken one.
    const isAsked = await this.cells.among(reporter, results);
    let ofRuns: readonly Delivery[] = [];
    const outcome = await this.database.transaction(async (manager) => {
      await refuseRevoked(manager, reporter);
      const lost = await countGivenUp(manager, reporter, givenUp, receivedAt);
      const before = await lockBoot(manager, reporter, boot, receivedAt);
      const fresh = deliveries.filter(({ sequence }) => sequence > before.acknowledged);
      const [first] = fresh;
      const last = fresh.at(-1);
      if (!first || !last) return { acknowledged: before.acknowledged, stored: 0, dropped: lost };

      const shares = await RunShares.lock(manager, reporter, fresh);
      const known = fresh.map((delivery) => shares.take(delivery));
      const { splits, leftOut } = await storeEvidence(manager, reporter, known, receivedAt);
      if (leftOut > 0) this.#logger.warn({ event: 'evidence-left-out', agentId: reporter.agentId, leftOut });
      const aheadMs = clockAhead(fresh.map(({ result }) => result)) ?? before.clockAheadMs;
      const time = { receivedAt, aheadMs, keptMs: this.#keptMs };
      const rows = known.map((delivery, i) => toRow(reporter, boot, delivery, splits[i] as never, time));
      await this.#insert(manager, rows, known, isAsked);
      await shares.save(manager, reporter, receivedAt);
      ofRuns = known.filter(({ runId }) => runId !== null);
      const dropped = first.sequence - before.acknowledged - 1;
      const after = { acknowledged: last.sequence, clockAheadMs: aheadMs, dropped };
      await advanceBoot(manager, reporter, boot, after, receivedAt);
      return { acknowledged: last.sequence, stored: fresh.length, dropped: dropped + lost };
    });
    if (outcome.stored > 0) void this.events.tell(BATCH_STORED, reporter);
    if (ofRuns.length > 0) await this.events.tell(RUN_RESULTS_STORED, { reporter, deliveries: ofRuns });
    return outcome;
  }

  async #insert(
    manager: EntityManager,
    rows: readonly ResultRow[],
    deliveries: readonly Delivery[],
    isAsked: (result: CheckResult) => boolean,
  ): Promise<void> {
    await this.#ensurePartitions(manager, rows);
    const { sql, properties } = (this.#insertion ??= insertResults(this.database));
    try {
      await manager.query(sql, [
        ...properties.map((property) => rows.map((row) => row[property])),
        deliveries.map(({ result }) => isAsked(result)),
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
      await manager.query('select ensure_results_partition($1)', [at]);
      this.#weeks.add(week);
    }
  }
}
