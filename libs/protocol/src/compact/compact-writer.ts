import type { Delivery, Results } from '../agent-message.ts';
import type { CompactResults } from './compact-results.ts';
import type { Json } from './skeleton.ts';
import { digitsOf, NO_ID, shortened } from './compact-ids.ts';
import {
  type CompactResult,
  type LaidOut,
  type Layout,
  layOut,
  LAYOUTS_MAX_CHARACTERS,
  sizeOf,
  type Value,
} from './layout.ts';

interface Known {
  layout: number;
  values: readonly Value[];
}

/** A result taken apart, and the text that its layout is known by. */
interface Told {
  layout: Layout;
  json: string;
  values: readonly Value[];
  digits: string;
  startedMs: number;
}

/**
 * Puts batches of a connection into compact frames: each layout once, and of each result what is another than in the
 * one before it of the same layout. Its reader must get every frame that it makes, in order.
 */
export class CompactWriter {
  readonly #known = new Map<string, Known>();
  #characters = 0;
  #frame = 0;

  /** The next frame has all its layouts. */
  forget(): void {
    this.#known.clear();
    this.#characters = 0;
    this.#frame = 0;
  }

  /** Null for a batch that a compact frame would not bring back as it is. */
  write(batch: Results): CompactResults | null {
    const told = batch.deliveries.map(apart);
    if (!told.every((each) => each !== null)) return null;
    if (this.#characters + grown(told) > LAYOUTS_MAX_CHARACTERS) this.forget();
    const layouts: Layout[] = [];
    const first = told[0] as Told;
    let before = NO_ID;
    const results = batch.deliveries.map(({ result }, i): CompactResult => {
      const { layout, json, values, digits, startedMs } = told[i] as Told;
      let known = this.#known.get(json);
      if (!known) {
        known = { layout: this.#known.size, values: [] };
        this.#known.set(json, known);
        this.#characters += json.length;
        layouts.push(layout);
      }
      const changes = values.flatMap((value, place) => (known.values[place] === value ? [] : [place, value]));
      this.#characters += values.reduce<number>(
        (sum, value, place) => sum + sizeOf(value) - sizeOf(known.values[place]),
        0,
      );
      known.values = values;
      const id = shortened(digits, before);
      before = digits;
      return [known.layout, id, startedMs - first.startedMs, result.durationMs, ...changes];
    });
    const { boot, sentAtMs, givenUp, deliveries } = batch;
    const runs = runsOf(deliveries);
    const repeats = deliveries.flatMap(({ result }, i): [number, string][] =>
      result.repeats ? [[i, result.repeats]] : [],
    );
    const frame = this.#frame;
    this.#frame += 1;
    return {
      boot,
      ...(sentAtMs !== undefined && { sentAtMs }),
      ...(givenUp && { givenUp }),
      frame,
      first: (deliveries[0] as Delivery).sequence,
      at: first.startedMs,
      layouts,
      ...(runs.length > 0 && { runs }),
      ...(repeats.length > 0 && { repeats }),
      results,
    };
  }
}

/** Where the run changes; before the first result there is none. */
function runsOf(deliveries: readonly Delivery[]): [number, string | null][] {
  return deliveries.flatMap(({ runId }, i): [number, string | null][] =>
    runId === (deliveries[i - 1]?.runId ?? null) ? [] : [[i, runId]],
  );
}

const grown = (told: readonly Told[]): number =>
  told.reduce(
    (sum, { json, values }) =>
      sum + json.length + values.reduce<number>((all, value) => all + sizeOf(value), 0),
    0,
  );

function apart({ result }: Delivery): Told | null {
  const { id, check, target, outcome, startedAt } = result;
  const digits = digitsOf(id);
  const startedMs = Date.parse(startedAt);
  // A moment that is told more precisely, or in another form, would come back in another.
  if (digits === null || Number.isNaN(startedMs) || new Date(startedMs).toISOString() !== startedAt)
    return null;
  const { values, ...laidOut } = layOut(result as unknown as LaidOut);
  const layout: Layout = { check, target: target as unknown as Json, outcome, ...laidOut };
  return { layout, json: JSON.stringify(layout), values, digits, startedMs };
}
