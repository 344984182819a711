import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { Outbox, OUTBOX_LIMITS } from '../outbox.ts';
import { CountingApi } from './counting-api.ts';
import { copyState, flip, marked } from './damaged-outbox.ts';
import { keptLog } from './log-lines.ts';
import { seeded } from './seeded.ts';

const ROWS = 25;
const limits = { ...OUTBOX_LIMITS, rows: ROWS };

/** What an outbox should do, told simply: an endless list of results of which the oldest go when there are too many. */
export class Model {
  waiting: string[] = [];
  readonly produced = new Set<string>();
  readonly evicted = new Set<string>();
  /** By the mark of the record: what a flipped bit may have hit. */
  readonly touched = new Set<string>();
  /** How many acknowledgements never came: each may cost one repetition. */
  lostAnswers = 0;
}

/** The real one, in a folder of its own for each start, as a kill leaves it. */
export class Agent {
  readonly api = new CountingApi();
  readonly #base: string;
  #starts = 0;
  #sequence = 0;
  boot = '';
  outbox: Outbox;

  constructor(base: string) {
    this.#base = base;
    this.outbox = this.#open();
  }

  add(bytes: number): string {
    this.#sequence += 1;
    this.outbox.add(marked(this.boot, this.#sequence, bytes), null);
    return `${this.boot} ${this.#sequence}`;
  }

  /** Ends, and starts again on what is left. `damage` may change the files in between. */
  restart(how: 'kill' | 'stop', damage: (stateDir: string) => void = () => undefined): void {
    const before = this.#dir();
    if (how === 'stop') this.outbox.close();
    this.#starts += 1;
    copyState(before, this.#dir());
    if (how === 'kill') this.outbox.close();
    rmSync(before, { recursive: true });
    damage(this.#dir());
    this.outbox = this.#open();
  }

  end(): void {
    this.outbox.close();
    rmSync(this.#dir(), { recursive: true });
  }

  #dir = (): string => path.join(this.#base, String(this.#starts));

  #open(): Outbox {
    this.boot = randomUUID();
    this.#sequence = 0;
    return new Outbox({ stateDir: this.#dir(), boot: this.boot, log: keptLog().log, limits });
  }
}

export type Command = fc.Command<Model, Agent>;

const command = (name: string, run: (model: Model, agent: Agent) => void): Command => ({
  check: () => true,
  run,
  toString: () => name,
});

export const append = (count: number, bytes: number): Command =>
  command(`append ${count} of ${bytes} bytes`, (model, agent) => {
    for (let i = 0; i < count; i += 1) {
      const key = agent.add(bytes);
      model.produced.add(key);
      model.waiting.push(key);
      while (model.waiting.length > ROWS) model.evicted.add(model.waiting.shift() as string);
    }
  });

export const send = (limit: number): Command =>
  command(`send ${limit}, acknowledged`, (model, agent) => {
    agent.api.take(agent.outbox, 'acknowledge', limit);
    model.waiting = model.waiting.filter((key) => !agent.api.stored.has(key));
  });

/** The API stores it, and its answer never arrives. */
export const sendInVain = (limit: number): Command =>
  command(`send ${limit}, the acknowledgement lost`, (model, agent) => {
    if (agent.api.take(agent.outbox, 'lose', limit)) model.lostAnswers += 1;
  });

const restart = (how: 'kill' | 'stop'): Command => command(how, (_, agent) => agent.restart(how));

export const damage = (how: 'kill' | 'stop', seed: number, flips: number): Command =>
  command(`${how}, ${flips} bits flipped by seed ${seed}`, (model, agent) =>
    agent.restart(how, (stateDir) => {
      const random = seeded(seed);
      for (let i = 0; i < flips; i += 1) {
        const file = path.join(stateDir, how === 'kill' && i % 2 ? 'outbox.sqlite-wal' : 'outbox.sqlite');
        const at = Math.floor(random() * readFileSync(file).length);
        for (const mark of flip(file, at, Math.floor(random() * 8))) model.touched.add(mark);
      }
    }),
  );

/** Appending, sending, acknowledging, killing, filling up, damaging: in any order. */
export const outboxCommands = fc.commands(
  [
    fc.tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom(40, 900, 5_000)).map(([n, b]) => append(n, b)),
    fc.constant(append(ROWS + 5, 40)),
    fc.integer({ min: 1, max: 10 }).map(send),
    fc.integer({ min: 1, max: 10 }).map(sendInVain),
    fc.constantFrom<'kill' | 'stop'>('kill', 'stop').map(restart),
    fc
      .tuple(fc.constantFrom<'kill' | 'stop'>('kill', 'stop'), fc.nat(), fc.integer({ min: 1, max: 5 }))
      .map(([how, seed, flips]) => damage(how, seed, flips)),
  ],
  { maxCommands: 8 },
);
