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
