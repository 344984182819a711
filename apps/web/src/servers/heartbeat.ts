import type { StoredResult } from '../api/types.ts';

export type Beat = 'pass' | 'warn' | 'fail' | 'none';
/** One check against one target, over time. */
export interface Line {
  key: string;
  check: string;
  target: string;
  /** Oldest first; each the worst of its time, `none` where nothing was observed. */
  beats: Beat[];
  results: number;
  failed: number;
  newest: StoredResult;
}

const RANK: Record<Beat, number> = { none: 0, pass: 1, warn: 2, fail: 3 };

/** What a result adds to a bar. One that was skipped, or put off by the other end, says nothing of the path. */
const BEAT: Record<StoredResult['result']['outcome'], Beat> = {
  pass: 'pass',
  warn: 'warn',
  fail: 'fail',
  throttled: 'none',
  skipped: 'none',
};

/**
 * Results as one bar a check and target, cut into `slots` between two moments in milliseconds. Lines that fail stand
 * first.
 */
export function linesOf(items: readonly StoredResult[], from: number, to: number, slots: number): Line[] {
  const lines = new Map<string, Line>();
  const slotMs = (to - from) / slots;
  for (const stored of items) {
    const { result, observedAt } = stored;
    const beat = BEAT[result.outcome];
    const at = Date.parse(observedAt);
    if (beat === 'none' || at < from || at > to) continue;
    const key = `${result.check} ${result.target.name}`;
    const line: Line = lines.get(key) ?? {
      key,
      check: result.check,
      target: result.target.name,
      beats: Array.from({ length: slots }, () => 'none' as const),
      results: 0,
      failed: 0,
      newest: stored,
    };
    lines.set(key, line);
    const slot = Math.min(Math.floor((at - from) / slotMs), slots - 1);
    if (RANK[beat] > RANK[line.beats[slot] ?? 'none']) line.beats[slot] = beat;
    line.results += 1;
    if (beat === 'fail') line.failed += 1;
    if (observedAt > line.newest.observedAt) line.newest = stored;
  }
  const now = (line: Line): number => RANK[BEAT[line.newest.result.outcome]];
  return [...lines.values()].toSorted(
    (a, b) => now(b) - now(a) || a.check.localeCompare(b.check) || a.target.localeCompare(b.target),
  );
}
