/** How long something takes, milliseconds. */
export interface Timed {
  /** By the clock: the median. */
  ms: number;
  /** Of this process's processor time: the mean. Other work on the machine delays it little. */
  processorMs: number;
}

/** `before` is done before each time, and not counted. */
export async function timed(
  repeats: number,
  work: () => unknown,
  before?: () => Promise<unknown>,
): Promise<Timed> {
  const times: number[] = [];
  let processorUs = 0;
  for (let n = 0; n < repeats; n += 1) {
    await before?.();
    const used = process.cpuUsage();
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
    const { user, system } = process.cpuUsage(used);
    processorUs += user + system;
  }
  return {
    ms: times.sort((a, b) => a - b)[Math.floor(repeats / 2)] ?? 0,
    processorMs: processorUs / 1_000 / repeats,
  };
}

export const inWords = ({ ms, processorMs }: Timed): string => `${ms.toFixed(1)}; ${processorMs.toFixed(1)}`;
