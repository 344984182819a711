import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inSlices } from './in-slices.ts';

/** Steps that each take a little, until what was due meanwhile has happened, or for ever. */
function* untilOthersCome(others: { came: boolean }): Generator<void, string> {
  while (!others.came) {
    const until = performance.now() + 1;
    while (performance.now() < until);
    yield;
  }
  return 'the end';
}

it('lets others come to their turn between the steps of long work', async () => {
  const others = { came: false };
  const work = inSlices(untilOthersCome(others));
  void setImmediate().then(() => (others.came = true));
  await expect(work).resolves.toBe('the end');
});

it('fails as the work does', async () => {
  function* broken(): Generator<void, never> {
    yield;
    throw new Error('broken off');
  }
  await expect(inSlices(broken())).rejects.toThrow('broken off');
});
