import { Outcome } from '@mailpath/protocol';
import { ByteReader, ByteWriter } from './bytes.ts';
import type { PackedResult } from './packed-result.ts';

const SECOND_MS = 1_000;
/** Seconds that lie no further apart than this are told as one run: a round that pauses is no two rounds. */
const JOINED = 2;

/** From `from` until before `to`, seconds since the hour began. */
interface Run {
  from: number;
  to: number;
}

/**
 * In which seconds of its hour a pack has results of each outcome: a round a minute takes two bytes. It stands beside
 * the pack, so that nobody unpacks an hour that has nothing of the moments that are asked for.
 */
export function writeSeconds(
  results: readonly Pick<PackedResult, 'observedAt' | 'outcome'>[],
  hour: Date,
): Buffer {
  const out = new ByteWriter();
  out.unsigned(results.length);
  const byOutcome = Map.groupBy(results, ({ outcome }) => outcome);
  for (const outcome of Outcome.options) {
    const runs = runsOf(
      (byOutcome.get(outcome) ?? []).map(({ observedAt }) =>
        Math.floor((observedAt - hour.getTime()) / SECOND_MS),
      ),
    );
    out.unsigned(runs.length);
    let end = 0;
    for (const { from, to } of runs) {
      out.unsigned(from - end);
      out.unsigned(to - from);
      end = to;
    }
  }
  return Buffer.from(out.done());
}

/** What a pack of which all this is known may still have in it that is wanted. */
export interface Sought {
  /** How many results the pack has. */
  results: number;
  /** Null where all are wanted. */
  outcomes: readonly string[] | null;
  /** Observed before it, milliseconds since the hour began. */
  before: number;
}

/**
 * Before which moment all results lie that are sought, milliseconds since the hour began; null where there are none. No
 * further back than the truth, and no more than some seconds after it; where nothing is known, it is `before`.
 */
export function lastBefore(seconds: Uint8Array | null, { results, outcomes, before }: Sought): number | null {
  const from = new ByteReader(seconds ?? Buffer.of());
  if (seconds === null || from.unsigned() !== results) return before;
  let last: number | null = null;
  for (const outcome of Outcome.options) {
    const runs = from.unsigned();
    let end = 0;
    for (let run = 0; run < runs; run += 1) {
      const begin = end + from.unsigned();
      end = begin + from.unsigned();
      if (begin * SECOND_MS >= before || (outcomes && !outcomes.includes(outcome))) continue;
      last = Math.max(last ?? 0, Math.min(before, end * SECOND_MS));
    }
  }
  return last;
}

function runsOf(seconds: readonly number[]): Run[] {
  const runs: Run[] = [];
  for (const second of [...new Set(seconds)].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && second - run.to < JOINED) run.to = second + 1;
    else runs.push({ from: second, to: second + 1 });
  }
  return runs;
}
