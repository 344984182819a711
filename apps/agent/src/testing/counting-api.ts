import type { Delivery } from '@mailpath/protocol';
import type { Outbox } from '../outbox.ts';

/** Counts as the API does: a mark for each boot, what lies before it either stored or given up. */
export class CountingApi {
  readonly stored = new Map<string, Delivery>();
  readonly marks = new Map<string, number>();
  /** How often each result came, by boot and sequence. */
  readonly came = new Map<string, number>();
  dropped = 0;
  batches = 0;

  /**
   * Takes one batch, as far as one is given out; false when none is. `answer` says what becomes of the acknowledgement.
   */
  take(outbox: Outbox, answer: 'acknowledge' | 'lose' = 'acknowledge', limit?: number): boolean {
    const batch = outbox.nextBatch(limit);
    if (!batch) return false;
    this.batches += 1;
    for (const { boot, after, through } of batch.givenUp ?? []) this.#giveUp(boot, after, through);
    for (const delivery of batch.deliveries) this.#store(batch.boot, delivery);
    if (answer === 'lose') outbox.release();
    else outbox.acknowledge(batch.boot, this.marks.get(batch.boot) ?? 0);
    return true;
  }

  drain(outbox: Outbox, atMost: number): void {
    const end = this.batches + atMost;
    while (this.batches < end && this.take(outbox));
  }

  #giveUp(boot: string, after: number, through: number): void {
    const before = Math.max(this.marks.get(boot) ?? 0, after);
    if (through <= before) return;
    this.dropped += through - before;
    this.marks.set(boot, through);
  }

  #store(boot: string, delivery: Delivery): void {
    const key = `${boot} ${delivery.sequence}`;
    this.came.set(key, (this.came.get(key) ?? 0) + 1);
    const before = this.marks.get(boot) ?? 0;
    if (delivery.sequence <= before) return;
    this.dropped += delivery.sequence - before - 1;
    this.marks.set(boot, delivery.sequence);
    this.stored.set(key, delivery);
  }
}
