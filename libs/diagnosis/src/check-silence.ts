/** When a scheduled check of a server was run last. */
export interface ScheduledCheck {
  /** Name of the server. */
  server: string;
  check: string;
  /** Name of its target. */
  target: string;
  ageMs: number;
}

/** A check that does not run any more on a server whose other checks do. */
export interface CheckSilent {
  kind: 'check-silent';
  /** Name of the server. */
  server: string;
  /** Each with its target, such as `imap.tls (imap)`. */
  checks: readonly string[];
}

/** After two rounds in which it was not run, and what the second of them may take. */
const limitMs = (everySeconds: number): number => 2 * everySeconds * 1_000 + 30_000;

/**
 * Checks that were left out of rounds that were run: a server that sends nothing at all is another matter
 * (`silence.ts`), and so is one that has come back and is in its first round, which takes `roundMs` at the most. Pure.
 */
export function checksSilent(
  scheduled: readonly ScheduledCheck[],
  { everySeconds, roundMs }: { everySeconds: number; roundMs: number },
): CheckSilent[] {
  const limit = limitMs(everySeconds);
  return [...Map.groupBy(scheduled, ({ server }) => server)].flatMap(([server, own]): CheckSilent[] => {
    const hasRunARound = own.some(({ ageMs }) => ageMs >= roundMs && ageMs <= limit);
    const silent = own.filter(({ ageMs }) => ageMs > limit);
    if (!hasRunARound || silent.length === 0) return [];
    const checks = silent.map(({ check, target }) => `${check} (${target})`).toSorted();
    return [{ kind: 'check-silent', server, checks }];
  });
}
