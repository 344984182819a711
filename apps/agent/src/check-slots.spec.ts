import { describe, expect, it } from 'vitest';
import { CheckSlots } from './check-slots.ts';

/** Starts work that lasts until it is ended, and counts what is under way. */
function workload(slots: CheckSlots) {
  const began: number[] = [];
  const ends: (() => void)[] = [];
  let busy = 0;
  let most = 0;
  const start = (id: number, wanted: number) =>
    slots.hold(wanted, async () => {
      began.push(id);
      most = Math.max(most, (busy += wanted));
      await new Promise<void>((end) => (ends[id] = end));
      busy -= wanted;
    });
  return { start, began, end: (id: number) => ends[id]?.(), most: () => most };
}

describe('slots for checks', () => {
  it('never let more run than there are, and keep the order in which they were asked for', async () => {
    const load = workload(new CheckSlots(3));
    const all = [load.start(0, 2), load.start(1, 2), load.start(2, 1)];
    await Promise.resolve();
    expect(load.began).toEqual([0]);
    load.end(0);
    await all[0];
    expect(load.began).toEqual([0, 1, 2]);
    load.end(1);
    load.end(2);
    await Promise.all(all);
    expect(load.most()).toBe(3);
  });

  it('are free again after work that failed', async () => {
    const slots = new CheckSlots(1);
    await expect(slots.hold(1, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await slots.hold(5, async () => 'done')).toBe('done');
  });
});
