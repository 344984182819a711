import type { PackedResult } from './packed-result.ts';
import { readId, writeId } from './ids.ts';
import {
  type ColumnRead,
  ColumnsReader,
  ColumnsWriter,
  type SectionReader,
  type SectionWriter,
} from './values.ts';

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

/** The moments of a pack's results, by row: what is not asked is not made. */
export class MomentsRead {
  readonly #received: ColumnRead;
  readonly #observed: ColumnRead;
  readonly #started: ColumnRead;
  readonly #sequences: ColumnRead;
  readonly #idsAt: ColumnRead;
  readonly #counts: ColumnRead;
  readonly #rests: ColumnRead;
  readonly #runs: ColumnRead;
  readonly #messages: ColumnRead;
  readonly #durations: ColumnRead;
  readonly #repeats: ColumnRead;

  constructor(
    from: SectionReader,
    readonly length: number,
  ) {
    const columns = new ColumnsReader(from, length);
    this.#received = columns.read();
    this.#observed = columns.read();
    this.#started = columns.read();
    this.#sequences = columns.read();
    this.#idsAt = columns.read();
    this.#counts = columns.read();
    this.#rests = columns.read();
    this.#runs = columns.read();
    this.#messages = columns.read();
    this.#durations = columns.read();
    this.#repeats = columns.read();
  }

  observedAt(row: number): number {
    return this.#observed.number(row);
  }

  sequence(row: number): number {
    return this.#sequences.number(row);
  }

  runId(row: number): string | null {
    return this.#runs.text(row);
  }

  id(row: number): string {
    const ahead = this.#idsAt.at(row) as number | null;
    const at = ahead === null ? null : ahead + (this.#startedAt(row) ?? this.observedAt(row));
    return writeId({ at, count: this.#counts.number(row), rest: this.#rests.text(row) ?? '' });
  }

  of(row: number): Moments {
    const repeats = this.#repeats.at(row);
    return {
      observedAt: this.observedAt(row),
      startedAt: this.#startedAt(row),
      receivedAt: this.#received.number(row),
      sequence: this.sequence(row),
      id: this.id(row),
      runId: this.runId(row),
      failureMessage: this.#messages.text(row),
      durationMs: this.#durations.number(row),
      // Another in the same pack is told by how far before this one it stands.
      repeats: typeof repeats === 'number' ? this.id(row - repeats) : repeats,
    };
  }

  #startedAt(row: number): number | null {
    const ahead = this.#started.at(row) as number | null;
    return ahead === null ? null : this.observedAt(row) + ahead;
  }
}
