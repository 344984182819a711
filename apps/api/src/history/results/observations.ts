import type { PhaseTiming } from '@mailpath/protocol';
import type { EntityManager } from 'typeorm';
import type { PackedResult } from '../packs/packed-result.ts';
import type { Observation } from '../roll-ups/bucket.ts';
import { type Outline, phasesOf } from './evidence-split.ts';
import { toPacked } from './packed-rows.ts';
import type { ResultEntity } from './result.entity.ts';
import { readContents } from './result-reading.ts';

/** What of packed results is rolled up. First looks alone: a second one is of the same round. */
export async function observationsOf(
  manager: EntityManager,
  siteId: string,
  results: readonly PackedResult[],
): Promise<Observation[]> {
  const first = results.filter(({ repeats }) => repeats === null);
  const outlines = await readContents(
    manager,
    siteId,
    first.map(({ evidenceHash }) => evidenceHash),
  );
  return first.map((result) => {
    const outline = outlines.get(result.evidenceHash) as unknown as Outline | undefined;
    if (!outline) throw new Error(`the evidence ${result.evidenceHash} is not there`);
    return observation(result, result.observedAt, phasesOf(outline, result.values));
  });
}

/** The same of results that are not packed, whether their observations are split or not. */
export async function observationsOfRows(
  manager: EntityManager,
  siteId: string,
  rows: readonly ResultEntity[],
): Promise<Observation[]> {
  const { whole = [], split = [] } = Object.groupBy(rows, ({ evidenceHash }) =>
    evidenceHash === null ? 'whole' : 'split',
  );
  const observed = whole
    .filter(({ repeats }) => repeats === null)
    .map((row) => observation(row, row.observedAt.getTime(), row.phases ?? []));
  return [...observed, ...(await observationsOf(manager, siteId, split.map(toPacked)))];
}

const observation = (
  result: Pick<
    PackedResult,
    'checkId' | 'targetName' | 'outcome' | 'durationMs' | 'failurePhase' | 'failureCode'
  >,
  observedAt: number,
  phases: readonly PhaseTiming[],
): Observation => ({
  check: result.checkId,
  target: result.targetName,
  observedAt,
  outcome: result.outcome,
  durationMs: result.durationMs,
  phases,
  failure:
    result.failurePhase && result.failureCode
      ? { phase: result.failurePhase, code: result.failureCode }
      : null,
});
