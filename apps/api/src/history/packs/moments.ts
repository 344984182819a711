import type { PackedResult } from './packed-result.ts';
import { readId, writeId } from './ids.ts';
import { ColumnsReader, ColumnsWriter, type SectionReader, type SectionWriter } from './values.ts';

/** What is different in every result, but for what was measured and what it came to. */
export type Moments = Pick<
  PackedResult,
  | 'observedAt'
  | 'startedAt'
  | 'receivedAt'
  | 'sequence'
  | 'id'
  | 'runId'
  | 'failureMessage'
  | 'durationMs'
  | 'repeats'
>;

/** When each result was observed and received, which number it was delivered as, and for which run. */
export function writeMoments(out: SectionWriter, rows: readonly Moments[]): void {
  const observed = rows.map(({ observedAt }) => observedAt);
  const columns = new ColumnsWriter(out);
  columns.write(rows.map(({ receivedAt }) => receivedAt));
  columns.write(observed);
  columns.write(
    rows.map(({ startedAt, observedAt }) => (startedAt === null ? null : startedAt - observedAt)),
  );
  columns.write(rows.map(({ sequence }) => sequence));
  const ids = rows.map(({ id }) => readId(id));
  columns.write(
    ids.map(({ at }, row) => (at === null ? null : at - (rows[row]?.startedAt ?? observed[row] ?? 0))),
  );
  columns.write(ids.map(({ count }) => count));
  columns.write(ids.map(({ rest }) => rest));
  columns.write(rows.map(({ runId }) => runId));
  columns.write(rows.map(({ failureMessage }) => failureMessage));
  columns.write(rows.map(({ durationMs }) => durationMs));
  const placeOf = new Map(rows.map(({ id }, row) => [id, row]));
  columns.write(
    rows.map(({ repeats }, row) => {
      const place = repeats === null ? undefined : placeOf.get(repeats);
      return place === undefined ? repeats : row - place;
    }),
  );
}

export function readMoments(from: SectionReader, length: number): Moments[] {
  const columns = new ColumnsReader(from, length);
  const received = columns.read() as number[];
  const observed = columns.read() as number[];
  const started = columns.read() as (number | null)[];
  const sequences = columns.read() as number[];
  const idsAt = columns.read() as (number | null)[];
  const counts = columns.read() as number[];
  const rests = columns.read() as string[];
  const runs = columns.read() as (string | null)[];
  const messages = columns.read() as (string | null)[];
  const durations = columns.read() as number[];
  const repeats = columns.read();
  const rows = observed.map((observedAt, row): Moments => {
    const ahead = started[row] ?? null;
    const startedAt = ahead === null ? null : observedAt + ahead;
    const idAt = idsAt[row] ?? null;
    const at = idAt === null ? null : idAt + (startedAt ?? observedAt);
    return {
      observedAt,
      startedAt,
      receivedAt: received[row] ?? 0,
      sequence: sequences[row] ?? 0,
      id: writeId({ at, count: counts[row] ?? 0, rest: rests[row] ?? '' }),
      runId: runs[row] ?? null,
      failureMessage: messages[row] ?? null,
      durationMs: durations[row] ?? 0,
      repeats: null,
    };
  });
  for (const [row, each] of repeats.entries()) {
    const result = rows[row];
    if (result) result.repeats = typeof each === 'number' ? (rows[row - each]?.id ?? null) : each;
  }
  return rows;
}
