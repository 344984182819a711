import { z } from 'zod';
import type { GivenUp } from '@mailpath/protocol';

/**
 * More starts than this with something to tell of are not told one by one; their results are still sent, and counted
 * here.
 */
const MAX_BOOTS = 512;

const Count = z.int().min(0);
/** Up to `passed` nothing will be sent any more, whatever became of it. Earlier versions did not write it down. */
const Boot = z.object({ boot: z.uuid(), last: Count, acknowledged: Count, passed: Count.default(0) });
const Saved = z.object({ generation: Count, produced: Count, delivered: Count, boots: z.array(Boot) });
type Saved = z.infer<typeof Saved>;
type Boot = z.infer<typeof Boot>;

/**
 * What was ever produced and what of it the API has committed. What was given up is the rest: it needs no counter of
 * its own, so whatever makes results vanish, and be it a damaged disk, is counted as well.
 */
export class OutboxLedger {
  #saved: Saved = { generation: 0, produced: 0, delivered: 0, boots: [] };
  readonly #current: string | null;

  /** `current` is this start of the agent, which has not come to its end whatever is acknowledged. */
  constructor(current: string | null) {
    this.#current = current;
    if (current !== null) this.#add({ boot: current, last: 0, acknowledged: 0, passed: 0 });
  }

  get generation(): number {
    return this.#saved.generation;
  }

  /** Boots that the API has not been told everything of, the oldest first. */
  get boots(): readonly Readonly<Boot>[] {
    return this.#saved.boots;
  }

  /** How many were given up, when `waiting` of those produced can still be delivered. */
  dropped(waiting: number): number {
    return Math.max(0, this.#saved.produced - this.#saved.delivered - waiting);
  }

  /** A result has its sequence, or one was found that is in no book. */
  produced(boot: string, sequence: number): void {
    const known = this.#find(boot) ?? this.#add({ boot, last: 0, acknowledged: 0, passed: 0 });
    if (sequence <= known.last) return;
    this.#saved.produced += sequence - known.last;
    known.last = sequence;
  }

  /**
   * `count` results of a boot were committed, the last of them `sequence`; whatever lies before them it has counted as
   * given up.
   */
  acknowledged(boot: string, sequence: number, count: number): void {
    this.#saved.delivered += count;
    const known = this.#find(boot);
    if (known) known.acknowledged = Math.max(known.acknowledged, sequence);
    this.#closeThoseOver();
  }

  /** False as well for a boot that it does not know: that is over, and all of it acknowledged. */
  mayWait(boot: string, sequence: number): boolean {
    const known = this.#find(boot);
    return known !== undefined && sequence > Math.max(known.acknowledged, known.passed);
  }

  /**
   * This result is about to be sent, the oldest that waits: the API will count what lies before it as given up, so none
   * of that may come back from an old image of a page. False when nothing lies before it that was not acknowledged.
   */
  passBy({ boot, sequence }: { boot: string; sequence: number }): boolean {
    const place = this.#saved.boots.findIndex((one) => one.boot === boot);
    let passed = false;
    for (const [i, one] of this.#saved.boots.entries()) {
      const through = i < place ? one.last : i === place ? sequence - 1 : 0;
      if (through <= Math.max(one.acknowledged, one.passed)) continue;
      one.passed = through;
      passed = true;
    }
    return passed;
  }

  /** What the API cannot see by a gap: ends of boots before `boot` that nothing follows any more. At most `limit`. */
  untold(boot: string, limit: number): GivenUp[] {
    const before = this.#saved.boots.findIndex((one) => one.boot === boot);
    return this.#saved.boots
      .slice(0, Math.max(before, 0))
      .filter((one) => one.acknowledged < one.last)
      .slice(0, limit)
      .map((one) => ({ boot: one.boot, after: one.acknowledged, through: one.last }));
  }

  told(given: readonly GivenUp[]): void {
    for (const { boot, through } of given) this.acknowledged(boot, through, 0);
  }

  /** Begins with what an earlier start left; what this one has produced by now comes on top. */
  continueFrom(earlier: OutboxLedger): void {
    const mine = this.#saved;
    const before = earlier.#saved;
    this.#saved = {
      generation: Math.max(mine.generation, before.generation),
      produced: before.produced + mine.produced,
      delivered: before.delivered + mine.delivered,
      boots: [...before.boots, ...mine.boots].map((one) => ({ ...one })),
    };
    this.#closeThoseOver();
  }

  /** The same under the next generation, as it is written to disk. */
  nextGeneration(): string {
    return JSON.stringify({ ...this.#saved, generation: this.generation + 1 });
  }

  /** What `nextGeneration` gave is on disk. */
  written(): void {
    this.#saved.generation += 1;
  }

  /** A book for results of which there is none: those that can be read, and `dropped` more. */
  static of(rows: Iterable<{ boot: string; first: number; last: number; count: number }>, dropped: number) {
    const ledger = new OutboxLedger(null);
    for (const { boot, first, last, count } of rows) {
      ledger.#add({ boot, last, acknowledged: first - 1, passed: 0 });
      ledger.#saved.produced += count;
    }
    ledger.#saved.produced += dropped;
    return ledger;
  }

  /** Null for a text that is no ledger. */
  static read(text: string): OutboxLedger | null {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      // Damaged, as the caller has to expect: there is another copy.
      return null;
    }
    const saved = Saved.safeParse(json);
    if (!saved.success) return null;
    const ledger = new OutboxLedger(null);
    ledger.#saved = saved.data;
    return ledger;
  }

  #find(boot: string): Boot | undefined {
    return this.#saved.boots.find((one) => one.boot === boot);
  }

  #add(boot: Boot): Boot {
    const { boots } = this.#saved;
    boots.push(boot);
    if (boots.length > MAX_BOOTS) boots.shift();
    return boot;
  }

  #closeThoseOver(): void {
    this.#saved.boots = this.#saved.boots.filter(
      ({ boot, last, acknowledged }) => boot === this.#current || acknowledged < last,
    );
  }
}
