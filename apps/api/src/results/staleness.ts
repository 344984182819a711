import type { CheckResult } from '@mailpath/protocol';
import { deadlines } from '../agents/assignment.ts';

/** Where mailboxes are signed in to only when asked, a result is good for three times as long as between the rarest rounds. */
const ONLY_WHEN_ASKED_SECONDS = 86_400;

/** How old results may be that still say something of now, in milliseconds; signing in to mailboxes is done more seldom. */
export interface Staleness {
  staleAfterMs: number;
  mailStaleAfterMs: number;
}

/** Two rounds may be missed. */
export const staleness = (site: { everySeconds: number; mailboxEverySeconds: number | null }): Staleness => ({
  staleAfterMs: 3 * site.everySeconds * 1000 + deadlines(site.everySeconds).roundDeadlineMs,
  mailStaleAfterMs: 3 * (site.mailboxEverySeconds ?? ONLY_WHEN_ASKED_SECONDS) * 1000,
});

/**
 * How far each server's clock is ahead (negative: behind), in milliseconds: the middle of what its newest results have measured, for
 * one other end may be wrong itself. Without it, nothing that a server with a slow clock sees would ever be of now, its clock included.
 */
export function clocksOf(
  latest: readonly { serverId: string; result: CheckResult }[],
): (serverId: string) => number {
  const told = Map.groupBy(
    latest.flatMap(({ serverId, result }) => {
      const aheadMs = result.evidence.clock?.aheadMs;
      return aheadMs === undefined ? [] : [{ serverId, aheadMs }];
    }),
    ({ serverId }) => serverId,
  );
  return (serverId) => {
    const sorted = (told.get(serverId) ?? []).map(({ aheadMs }) => aheadMs).toSorted((a, b) => a - b);
    return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  };
}

/** The age of a result by the true time, in milliseconds; 0 for one that seems to come from the future. */
export const ageOf = (result: CheckResult, now: Date, clockAheadMs: number): number =>
  Math.max(0, now.getTime() - (Date.parse(result.startedAt) - clockAheadMs));
