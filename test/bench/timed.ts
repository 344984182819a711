/** How long something takes, milliseconds. */
export interface Timed {
  /** By the clock: the median. */
  ms: number;
  /** Of this process's processor time: the mean. Other work on the machine delays it little. */
  processorMs: number;
}

export async function timed(repeats: number, work: () => unknown): Promise<Timed> {
  const times: number[] = [];
  const before = process.cpuUsage();
  for (let n = 0; n < repeats; n += 1) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  const { user, system } = process.cpuUsage(before);
  return {
    ms: times.sort((a, b) => a - b)[Math.floor(repeats / 2)] ?? 0,
    processorMs: (user + system) / 1_000 / repeats,
  };
}

export const inWords = ({ ms, processorMs }: Timed): string => `${ms.toFixed(1)}; ${processorMs.toFixed(1)}`;
