import { setImmediate } from 'node:timers/promises';

/** So long others may have to wait, in milliseconds: a fifth of what the event loop's delay may reach. */
const SLICE_MS = 20;

/** What long work comes to. Between its steps everything else of this process gets its turn. */
export async function inSlices<Result>(steps: Generator<void, Result>): Promise<Result> {
  let began = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - began < SLICE_MS) continue;
    await setImmediate();
    began = performance.now();
  }
}
