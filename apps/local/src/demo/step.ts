const WIDTH = 110;

/** Says what is done now, does it, and says how long it took. */
export async function step<T>(words: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  process.stdout.write(words.padEnd(WIDTH));
  const done = await work();
  process.stdout.write(`${seconds(startedAt).padStart(7)}\n`);
  return done;
}

/** The time since then, such as `3.2 s`. */
export const seconds = (startedAt: number): string =>
  `${((performance.now() - startedAt) / 1_000).toFixed(1)} s`;
