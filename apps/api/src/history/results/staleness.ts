import { clockAhead } from '@mailpath/diagnosis';
import type { CheckResult } from '@mailpath/protocol';
import { deadlines } from '../../fleet/tasks/deadlines.ts';

/**
 * Where mailboxes are signed in to only when asked, a result is good for three times as long as between the rarest
 * rounds.
 */
const ONLY_WHEN_ASKED_SECONDS = 86_400;

/**
 * How old results may be that still say something of now, in milliseconds; signing in to mailboxes is done more seldom.
 */
export interface Staleness {
  staleAfterMs: number;
  mailStaleAfterMs: number;
}

/** Two rounds may be missed. */
export const staleness = (site: { everySeconds: number; mailboxEverySeconds: number | null }): Staleness => ({
  staleAfterMs: 3 * site.everySeconds * 1000 + deadlines(site.everySeconds).roundDeadlineMs,
  mailStaleAfterMs: 3 * (site.mailboxEverySeconds ?? ONLY_WHEN_ASKED_SECONDS) * 1000,
});

const DAY_MS = 86_400_000;

/**
 * How far before a moment of the past its newest results may lie: as far as one would have said something of it then,
 * and no further than a day.
 */
export function lookBackMs(site: { everySeconds: number; mailboxEverySeconds: number | null }): number {
  const { staleAfterMs, mailStaleAfterMs } = staleness(site);
  return Math.min(DAY_MS, Math.max(staleAfterMs, mailStaleAfterMs));
}

/** The newest result of a server for a check and target, and when it arrived. */
export interface Newest {
  serverId: string;
  result: CheckResult;
  receivedAt: Date;
}

/**
 * How far each server's clock is ahead (negative: behind), in milliseconds, by what its newest results have measured.
 * Without it, nothing that a server with a slow clock sees would ever be of now, its clock included.
 */
export function clocksOf(
  latest: readonly Pick<Newest, 'serverId' | 'result'>[],
): (serverId: string) => number {
  const told = latest.filter(({ result }) => result.evidence.clock !== undefined);
  const byServer = Map.groupBy(told, ({ serverId }) => serverId);
  const ahead = new Map(
    [...byServer].map(([serverId, own]) => [serverId, clockAhead(own.map(({ result }) => result)) ?? 0]),
  );
  return (serverId) => ahead.get(serverId) ?? 0;
}

/**
 * The age of a result by the true time, in milliseconds. It is no less than the time since it arrived, whatever its
 * clock said.
 */
export const ageOf = (
  { result, receivedAt }: Pick<Newest, 'result' | 'receivedAt'>,
  now: Date,
  aheadMs: number,
): number =>
  Math.max(0, now.getTime() - Math.min(Date.parse(result.startedAt) - aheadMs, receivedAt.getTime()));
