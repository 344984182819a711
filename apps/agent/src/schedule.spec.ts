import type { Assignment } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { createLog } from './log.ts';
import { Schedule, type Clock } from './schedule.ts';

/** Time that moves when told to. */
class FakeClock implements Clock {
  #now = 0;
  #timers: { at: number; work: () => void }[] = [];
  now(): number {
    return this.#now;
  }
  after(delayMs: number, work: () => void): () => void {
    const timer = { at: this.#now + delayMs, work };
    this.#timers.push(timer);
    return () => void (this.#timers = this.#timers.filter((one) => one !== timer));
  }
  /** Lets timers fire at their moments; `asleep` moves time first, as a suspended machine does. */
  advance(ms: number, asleep = false): void {
    const end = this.#now + ms;
    if (asleep) this.#now = end;
    for (;;) {
      const due = this.#timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.#timers = this.#timers.filter((timer) => timer !== due);
      this.#now = Math.max(this.#now, due.at);
      due.work();
    }
    this.#now = end;
  }
}

const assignment = (revision: string, everySeconds = 60): Assignment => ({
  revision,
  everySeconds,
  checkDeadlineMs: 10_000,
  roundDeadlineMs: 15_000,
  tasks: [],
});

function scheduled(random = 0.5, leastEverySeconds = 10) {
  const clock = new FakeClock();
  const rounds: { at: number; revision: string; done: () => void }[] = [];
  const lines: string[] = [];
  const schedule = new Schedule({
    clock,
    leastEverySeconds,
    random: () => random,
    log: createLog((line) => void lines.push(line)),
    runRound({ revision }) {
      const { promise, resolve } = Promise.withResolvers<void>();
      rounds.push({ at: clock.now(), revision, done: resolve });
      return promise;
    },
  });
  const finish = async (): Promise<void> => {
    rounds.at(-1)?.done();
    await new Promise(setImmediate);
  };
  return { clock, rounds, lines, schedule, finish };
}

describe('the schedule', () => {
  it('begins after a random part of ten seconds, then keeps the beat however long a round takes', async () => {
    const { clock, rounds, schedule, finish } = scheduled(0.5);
    schedule.assign(assignment('a'));
    clock.advance(4_999);
    expect(rounds).toHaveLength(0);
    clock.advance(1);
    clock.advance(30_000);
    await finish();
    clock.advance(30_000);
    expect(rounds.map((round) => round.at)).toEqual([5_000, 65_000]);
  });

  it('does not start a round while the one before runs, and says so', async () => {
    const { clock, rounds, lines, schedule, finish } = scheduled(0);
    schedule.assign(assignment('a', 10));
    clock.advance(25_000);
    expect(rounds).toHaveLength(1);
    expect(lines.filter((line) => line.includes('round skipped'))).toHaveLength(2);
    await finish();
    clock.advance(5_000);
    expect(rounds.map((round) => round.at)).toEqual([0, 30_000]);
  });

  it('runs one round, not many, after the machine slept, and keeps its beat', async () => {
    const { clock, rounds, lines, schedule, finish } = scheduled(0);
    schedule.assign(assignment('a', 60));
    clock.advance(1);
    await finish();
    clock.advance(3_600_000, true);
    await finish();
    expect(rounds).toHaveLength(2);
    expect(lines.filter((line) => line.includes('"level":"warn"'))).toEqual([
      expect.stringContaining('"missed":59') as string,
    ]);
    clock.advance(60_000);
    expect(rounds).toHaveLength(3);
    expect(rounds[2]?.at).toBe(3_660_000);
  });

  it('leaves the beat alone when the API repeats what is known, and takes up what is new', () => {
    const { clock, rounds, schedule } = scheduled(0);
    expect(schedule.assign(assignment('a'))).toBe(true);
    clock.advance(30_000);
    expect(schedule.assign(assignment('a'))).toBe(false);
    clock.advance(29_999);
    expect(rounds).toHaveLength(1);
    expect(schedule.assign(assignment('b', 10))).toBe(true);
  });

  it('never runs more often than every ten seconds, whatever it is told', async () => {
    const { clock, rounds, schedule, finish } = scheduled(0);
    schedule.assign(assignment('a', 1));
    clock.advance(1);
    await finish();
    clock.advance(9_998);
    expect(rounds).toHaveLength(1);
    clock.advance(1);
    expect(rounds).toHaveLength(2);
  });

  it('is stuck when a round outlives all its deadlines by a minute, and not while it may still end', async () => {
    const { schedule, clock, rounds } = scheduled(0);
    schedule.assign(assignment('a', 120));
    clock.advance(0);
    expect(rounds).toHaveLength(1);
    clock.advance(90_000);
    expect(schedule.stuckMs()).toBe(0);
    clock.advance(1_000);
    expect(schedule.stuckMs()).toBe(1_000);
    rounds[0]?.done();
    await Promise.resolve();
    await Promise.resolve();
    expect(schedule.stuckMs()).toBe(0);
  });

  it('is silent after it was stopped', () => {
    const { clock, rounds, schedule } = scheduled(0);
    schedule.assign(assignment('a'));
    schedule.stop();
    clock.advance(600_000);
    expect(rounds).toHaveLength(0);
  });

  it('keeps to the least interval of this server, whatever the API asks', async () => {
    const { clock, rounds, schedule, finish } = scheduled(0, 120);
    schedule.assign(assignment('a', 10));
    for (let second = 0; second < 360; second += 10) {
      clock.advance(10_000);
      await finish();
    }
    expect(rounds.map(({ at }) => at)).toEqual([0, 120_000, 240_000, 360_000]);
  });
});

it('begins within a second where nothing was ever observed, and spreads out like all others afterwards', async () => {
  const clock = new FakeClock();
  const at: number[] = [];
  const schedule = new Schedule({
    clock,
    isNew: true,
    random: () => 0.9,
    log: createLog(() => undefined),
    runRound() {
      at.push(clock.now());
      return Promise.resolve();
    },
  });
  schedule.assign(assignment('1', 3_600));
  clock.advance(1_000);
  expect(at).toEqual([900]);
  // The round is over.
  await Promise.resolve();
  schedule.assign(assignment('2', 3_600));
  clock.advance(1_000);
  expect(at).toEqual([900]);
  clock.advance(9_000);
  expect(at).toEqual([900, 10_000]);
});
