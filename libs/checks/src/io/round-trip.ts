import type { Probe } from '../check.ts';
import { dial } from './dial.ts';

/** Beside the connect that the check goes on with: enough for a median, few enough to be no burden to the other end. */
const MORE_CONNECTS = 2;
/** A SYN that is lost is sent again after a second (RFC 6298); waiting for that would measure the loss, not the way. */
const SLACK_MS = 50;

/**
 * Connects to the address in use a few times more, at the same time and closing each at once, for the round trip's median
 * and spread. Never rejects, and takes at most about two round trips, of which a check that talks at all hides most.
 */
export async function measureRoundTrip(
  address: string,
  firstMs: number,
  { signal, deadline, target }: Probe,
): Promise<{ count: number; medianMs: number; spreadMs: number } | null> {
  const limitMs = 2 * firstMs + SLACK_MS;
  if (deadline.remainingMs() < 2 * limitMs) return null;
  const more = await Promise.all(
    Array.from({ length: MORE_CONNECTS }, async () => {
      const { socket, attempt } = await dial(address, target.port, limitMs, signal);
      socket?.destroy();
      return socket ? [attempt.ms] : [];
    }),
  );
  const times = [firstMs, ...more.flat()].toSorted((a, b) => a - b);
  const [least = 0] = times;
  const most = times.at(-1) ?? 0;
  // One connect alone has no spread.
  if (times.length === 1) return null;
  const medianMs = times.length === 2 ? (least + most) / 2 : (times[1] ?? 0);
  return { count: times.length, medianMs: tenths(medianMs), spreadMs: tenths(most - least) };
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
