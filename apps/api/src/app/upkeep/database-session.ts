import type { QueryRunner } from 'typeorm';

/** One connection, for work that holds a lock of its session meanwhile. */
export type DatabaseSession = Pick<QueryRunner, 'query'>;

/** A statement's share of a large work: short enough for a request's time limit, and for nobody to wait behind it. */
export const BATCH_ROWS = 1_000;

/** Does a part of the work until there is none left; `more` is asked before each part. Answers how many rows it was. */
export async function inBatches(more: () => boolean, part: () => Promise<number>): Promise<number> {
  let all = 0;
  while (more()) {
    const rows = await part();
    all += rows;
    if (rows === 0) break;
  }
  return all;
}
