import { HOUR_MS, hourOf } from '../packs/packs.store.ts';

/** The rounds before the newest that conclusions look back at, and two that may be missed. */
const ROUNDS = 10;
const LEAST_MS = 2 * HOUR_MS;
/** Nobody looks back further for a conclusion of now. */
const MOST_MS = 25 * HOUR_MS;

/** From when on the results of a site stay unpacked: the begin of an hour, milliseconds since 1970. */
export function unpackedFrom(
  { everySeconds, mailboxEverySeconds }: { everySeconds: number; mailboxEverySeconds: number | null },
  now: Date,
): number {
  // Where mailboxes are signed in to only when asked, nobody knows when the next round comes.
  const rarest = Math.max(
    everySeconds * 1_000,
    mailboxEverySeconds === null ? MOST_MS : mailboxEverySeconds * 1_000,
  );
  return hourOf(now.getTime() - Math.min(MOST_MS, Math.max(LEAST_MS, ROUNDS * rarest)));
}
