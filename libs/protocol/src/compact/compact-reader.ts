import { Delivery, type Results } from '../agent-message.ts';
import { MAX_FRAME_BYTES } from '../batch-limits.ts';
import type { CompactResults } from './compact-results.ts';
import { lengthened, NO_ID, uuidOf } from './compact-ids.ts';
import {
  CHANGES_FROM,
  type CompactResult,
  fill,
  holesOf,
  type Layout,
  LAYOUTS_MAX_CHARACTERS,
  sizeOf,
  type Value,
} from './layout.ts';
import { HOLE } from './skeleton.ts';

interface Known {
  layout: Layout;
  holes: number;
  /** What a result of it has at least in full, in characters. */
  characters: number;
  /** Of its newest result; empty before the first. */
  values: readonly Value[];
}

/** A frame as it would have come in full, or why there is none: layouts are not known here, or it means harm. */
export type Read = { results: Results } | { unknown: true } | { reason: string };

/** What cannot be read; the message is the reason. */
class Refusal extends Error {}

/** Reads the compact frames of one connection. What they stand for is checked by the schema of full frames. */
export class CompactReader {
  #known: Known[] = [];
  #characters = 0;
  #next = 0;

  /** Never throws. After anything but results, the sender begins anew with frame 0. */
  read(compact: CompactResults): Read {
    if (compact.frame === 0) this.#forget();
    else if (compact.frame !== this.#next) return this.#unknown();
    this.#next = compact.frame + 1;
    try {
      for (const layout of compact.layouts) this.#learn(layout);
      if (compact.results.some(([layout]) => layout >= this.#known.length)) return this.#unknown();
      const { boot, sentAtMs, givenUp } = compact;
      const deliveries = this.#deliveries(compact);
      return {
        results: {
          boot,
          deliveries,
          ...(sentAtMs !== undefined && { sentAtMs }),
          ...(givenUp && { givenUp }),
        },
      };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#forget();
      return { reason: error.message };
    }
  }

  #unknown(): Read {
    this.#forget();
    return { unknown: true };
  }

  #forget(): void {
    this.#known = [];
    this.#characters = 0;
    this.#next = 0;
  }

  #learn(layout: Layout): void {
    const text = JSON.stringify(layout);
    this.#keep(text.length);
    const characters = text.replaceAll(HOLE, '').length;
    this.#known.push({ layout, holes: holesOf(layout), characters, values: [] });
  }

  #keep(characters: number): void {
    this.#characters += characters;
    if (this.#characters > LAYOUTS_MAX_CHARACTERS)
      throw new Refusal('layouts: more than are kept of a connection');
  }

  #deliveries({ first, at, runs = [], repeats = [], results }: CompactResults): Delivery[] {
    const runAt = new Map(runs);
    const repeatsAt = new Map(repeats);
    let runId: string | null = null;
    let before = NO_ID;
    let characters = 0;
    return results.map((compact, i) => {
      const where = `results.${i}`;
      const [number, short, afterMs, durationMs] = compact;
      const known = this.#known[number] as Known;
      const digits = lengthened(short, before);
      if (digits === null) throw new Refusal(`${where}: not an id`);
      before = digits;
      const values = this.#values(known, compact, where);
      // Few characters must not stand for many: in full the frame would have been refused unread.
      characters +=
        known.characters +
        // Many places with nothing in them are many as well.
        values.reduce<number>((sum, value) => sum + Math.max(1, String(value).length), 0);
      if (characters > MAX_FRAME_BYTES) throw new Refusal(`${where}: in full the frame would be too large`);
      runId = runAt.has(i) ? (runAt.get(i) ?? null) : runId;
      const { check, target, outcome } = known.layout;
      const started = new Date(at + afterMs);
      if (Number.isNaN(started.getTime())) throw new Refusal(`${where}: no moment`);
      const startedAt = started.toISOString();
      const rest = fill(known.layout, values);
      const result = {
        id: uuidOf(digits),
        check,
        target,
        outcome,
        startedAt,
        durationMs,
        repeats: repeatsAt.get(i) ?? null,
        ...rest,
      };
      const parsed = Delivery.safeParse({ sequence: first + i, runId, result });
      if (parsed.success) return parsed.data;
      const [issue] = parsed.error.issues;
      throw new Refusal(issue ? `${where}.${issue.path.join('.')}: ${issue.message}` : where);
    });
  }

  #values(known: Known, compact: CompactResult, where: string): readonly Value[] {
    if (compact.length === CHANGES_FROM && known.values.length === known.holes) return known.values;
    const values = [...known.values];
    let grown = 0;
    for (let i = CHANGES_FROM; i < compact.length; i += 2) {
      const place = compact[i] as number;
      // In order where they come for the first time, so that none is left out.
      if (place > values.length || place >= known.holes) throw new Refusal(`${where}: no place ${place}`);
      const value = compact[i + 1] as Value;
      grown += sizeOf(value) - sizeOf(values[place]);
      values[place] = value;
    }
    if (values.length !== known.holes) throw new Refusal(`${where}: has fewer values than places for them`);
    this.#keep(grown);
    known.values = values;
    return values;
  }
}
