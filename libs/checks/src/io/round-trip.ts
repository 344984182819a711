import type { CheckRun } from '../check.ts';
import { dial } from './dial.ts';
import type { Route } from './network.ts';

/** Beside the connect that the check goes on with: enough for a median, few enough to be no burden to the other end. */
const MORE_CONNECTS = 2;
/** A SYN that is lost is sent again after a second (RFC 6298); waiting for that would measure the loss, not the way. */
const SLACK_MS = 50;

/**
 * Connects to the address in use a few times more, one after the other and closing each at once, for the round trip's
 * median and spread. Never rejects, and takes about two round trips, of which a check that talks at all hides most.
 */
export async function measureRoundTrip(
  address: string,
  firstMs: number,
  { signal, target }: CheckRun,
  { deadline, turns, gate }: Route,
): Promise<{ count: number; medianMs: number; spreadMs: number } | null> {
  const limitMs = 2 * firstMs + SLACK_MS;
  const times = [firstMs];
  while (times.length <= MORE_CONNECTS && deadline.remainingMs() > 2 * limitMs && !signal.aborted) {
    const dialled = await turns.take(`${address} ${target.port}`, () =>
      dial(address, { host: target.host, port: target.port, for: 'target', gate }, limitMs, signal),
    );
    dialled.socket?.destroy();
    // A connect that fails here is the loss of one packet, and its address was reached before.
    if (!dialled.socket) break;
    times.push(dialled.attempt.ms);
  }
  // One connect alone has no spread.
  if (times.length === 1) return null;
  const sorted = times.toSorted((a, b) => a - b);
  const [least = 0, second = 0] = sorted;
  const medianMs = sorted.length === 2 ? (least + second) / 2 : second;
  return {
    count: sorted.length,
    medianMs: tenths(medianMs),
    spreadMs: tenths((sorted.at(-1) ?? 0) - least),
  };
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
