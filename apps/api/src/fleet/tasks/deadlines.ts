/** How long one check may take. */
const CHECK_DEADLINE_MS = 10_000;
/** How long all checks of a round may take together. */
const ROUND_DEADLINE_MS = 15_000;
/** What an agent may take to hand in its last result once its round is over. */
export const GRACE_MS = 5_000;

/** Deadlines of a round that must be over before the next begins. */
export function deadlines(everySeconds: number): { checkDeadlineMs: number; roundDeadlineMs: number } {
  const roundDeadlineMs = Math.min(ROUND_DEADLINE_MS, everySeconds * 1000 - 1000);
  return { checkDeadlineMs: Math.min(CHECK_DEADLINE_MS, roundDeadlineMs), roundDeadlineMs };
}
