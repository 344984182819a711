import { Injectable } from '@nestjs/common';
import type { Results } from '@mailpath/protocol';
import { Clock } from '../../platform/clock.ts';
import { isDatabaseUnavailable } from '../../platform/database/unavailable.ts';
import { AskedCells } from './asked-cells.service.ts';
import { type Batch, BatchGroups, type IngestOutcome, type StoredBatch } from './batch-groups.service.ts';
import { EventBus } from '../../platform/events/event-bus.ts';
import { GroupCommit } from './group-commit.ts';
import { BATCH_STORED, RUN_RESULTS_STORED } from './result-events.ts';
import type { Reporter } from '../../estate/connections/reporter.ts';

/** Some 3 MB of full frames: a transaction of less than a second, also on a small machine. */
const GROUP_RESULTS = 1_000;
/** While Postgres works at one group, this process prepares the other. */
const GROUPS = 2;
/** PostgreSQL error code: cancelled, here by the limit of a statement's time. */
const CANCELLED = '57014';

/** Puts batches of results into Postgres: each result exactly once, or counted as dropped. */
@Injectable()
export class ResultsIngest {
  readonly #groups: GroupCommit<Batch, StoredBatch>;

  constructor(
    groups: BatchGroups,
    private readonly events: EventBus,
    private readonly cells: AskedCells,
    private readonly clock: Clock,
  ) {
    this.#groups = new GroupCommit((batches) => groups.commit(batches), {
      key: ({ reporter }) => `${reporter.siteId} ${reporter.serverId}`,
      size: ({ results }) => results.deliveries.length,
      isAlone: ({ results }) => (results.givenUp ?? []).length > 0,
      limit: GROUP_RESULTS,
      groups: GROUPS,
      mayPartsSucceed,
    });
  }

  /**
   * Commits the batch, together with others, and tells of it, and of the results that runs asked for, or throws and has
   * stored nothing of it.
   */
  async store(reporter: Reporter, results: Results): Promise<IngestOutcome> {
    const receivedAt = this.clock.now();
    // On a connection of its own, so before a transaction has taken one.
    const isAsked = await this.cells.among(
      reporter,
      results.deliveries.map(({ result }) => result),
    );
    const { outcome, ofRuns } = await this.#groups.add({ reporter, results, receivedAt, isAsked });
    if (outcome.stored > 0) void this.events.tell(BATCH_STORED, reporter);
    if (ofRuns.length > 0) await this.events.tell(RUN_RESULTS_STORED, { reporter, deliveries: ofRuns });
    return outcome;
  }
}

/**
 * Without the database no part of a group can be stored. What took too long may have waited for the row of one agent,
 * and the others need not.
 */
function mayPartsSucceed(error: unknown): boolean {
  return !isDatabaseUnavailable(error) || (error as { code?: unknown }).code === CANCELLED;
}
