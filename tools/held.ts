import { setTimeout as sleep } from 'node:timers/promises';

/** One line for what a command shows. Throws where it does not hold, with what was seen instead. */
export function holds(what: string, held: boolean, seen: unknown = ''): void {
  console.log(`${held ? 'ok' : 'failed'}: ${what}`);
  if (!held) throw new Error(`${what}: ${JSON.stringify(seen)}`);
}

/** The same for what comes true by itself, as long as it is waited for. */
export async function holdsWithin(
  patienceMs: number,
  what: string,
  look: () => boolean | Promise<boolean>,
): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!(await look())) {
    if (performance.now() > end) holds(what, false, 'not in time');
    await sleep(250);
  }
  holds(what, true);
}
