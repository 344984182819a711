import type { EntityManager } from 'typeorm';
import { storeContents } from './evidence-store.ts';
import { splitEvidence } from './evidence-split.ts';
import type { ResultEntity } from './result.entity.ts';
import { readStored } from './result-reading.ts';

/** Rows that were stored before observations were split, as if they had been: nothing else of them changes. */
export async function splitAnew(
  manager: EntityManager,
  siteId: string,
  rows: readonly ResultEntity[],
): Promise<ResultEntity[]> {
  const whole = rows.filter(({ evidenceHash }) => evidenceHash === null);
  if (whole.length === 0) return [...rows];
  const observed = await readStored(manager, siteId, whole);
  const splits = new Map(whole.map((row, i) => [row, splitEvidence(observed[i] as never)]));
  const contents = new Map([...splits.values()].flatMap((split) => [...split.contents]));
  // As long ago as the oldest of them: what a result points to goes no earlier than the result.
  const seen = new Date(Math.max(...whole.map(({ receivedAt }) => receivedAt.getTime())));
  await storeContents(
    manager,
    [...contents].map(([hash, json]) => ({ siteId, hash, json })).sort((a, b) => (a.hash < b.hash ? -1 : 1)),
    seen,
  );
  return rows.map((row) => {
    const split = splits.get(row);
    if (!split) return row;
    const evidenceHash = Buffer.from(split.hash, 'hex');
    return Object.assign(row, {
      evidenceHash,
      evidenceValues: split.values,
      phases: null,
      evidence: null,
      evidenceHashes: null,
    });
  });
}
