import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Recorded } from './lane.ts';
import type { Recording } from './record.ts';
import type { Recordable } from './situation.ts';
import { RECORDABLE } from './situations.ts';

const CACHE = path.join(import.meta.dirname, '../../node_modules/.cache/diagnosis');
/** Much of a recording is waiting for silence; more than these would only make the machine slow. */
const LANES = 5;

/** For a machine that has other work: fewer processes, and more time for everything. */
export interface Effort {
  lanes?: number;
  /** How many times the usual time. */
  patience?: number;
}

/** By what was recorded: another fault is another recording, another expectation is not. */
function fileOf({ name, faults }: Recordable): string {
  const key = createHash('sha256')
    .update(JSON.stringify([name, faults]))
    .digest('hex');
  return path.join(CACHE, `${key.slice(0, 32)}.json`);
}

/** Recordings of these situations, from the last time where there are any; `fresh` makes all of them anew. */
export async function recordings<One extends Recordable>(
  wanted: readonly One[],
  fresh: boolean,
  tell: (line: string) => void,
  { lanes = LANES, patience = 1 }: Effort = {},
): Promise<Map<One, Recording>> {
  mkdirSync(CACHE, { recursive: true });
  const missing = RECORDABLE.flatMap((situation, index) =>
    (wanted as readonly Recordable[]).includes(situation) && (fresh || !existsSync(fileOf(situation)))
      ? [index]
      : [],
  );
  if (missing.length > 0) {
    tell(`recording ${missing.length} situations`);
    await recordAll(missing, { lanes, patience }, ({ index, recording }) =>
      writeFileSync(fileOf(at(index)), JSON.stringify(recording)),
    );
  }
  return new Map(
    wanted.map((situation) => [situation, JSON.parse(readFileSync(fileOf(situation), 'utf8')) as Recording]),
  );
}

const at = (index: number): Recordable => {
  const situation = RECORDABLE[index];
  if (!situation) throw new Error(`there is no situation ${index}`);
  return situation;
};

async function recordAll(
  indices: readonly number[],
  { lanes, patience }: Required<Effort>,
  keep: (recorded: Recorded) => void,
): Promise<void> {
  const waiting = [...indices];
  const next = () => waiting.shift();
  await Promise.all(Array.from({ length: lanes }, (_, number) => lane([number, patience], next, keep)));
}

/** A process that records what it is given, one situation after the other, as long as there are any. */
async function lane(
  args: readonly number[],
  next: () => number | undefined,
  keep: (recorded: Recorded) => void,
): Promise<void> {
  const child = fork(path.join(import.meta.dirname, 'lane.ts'), args.map(String), {
    execArgv: ['--conditions=source'],
  });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`a recording process ended with ${code}`);
  });
  // Its end is only of interest while something is waited for.
  ended.catch(() => undefined);
  await Promise.race([once(child, 'message'), ended]);
  for (let index = next(); index !== undefined; index = next()) {
    child.send(index);
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [Recorded];
    keep(message);
  }
  child.disconnect();
}
