import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROPERTIES } from './testing/metamorphic.ts';

/**
 * The same in every run, so that nobody's change fails on what another one brought about; a new one each time looks
 * farther.
 */
const FIXED = { seed: 20_261_127, numRuns: 1_000 };
const ANEW = { seed: Math.floor(Math.random() * 2 ** 31), numRuns: 200 };

describe('of the diagnosis of any site it holds that', () => {
  it.each(
    Object.keys(PROPERTIES).flatMap((name) =>
      [FIXED, ANEW].map(({ seed, numRuns }) => ({ name, seed, numRuns })),
    ),
  )('$name ($numRuns cases, seed $seed)', ({ name, seed, numRuns }) => {
    const property = PROPERTIES[name];
    if (!property) throw new Error(`no property "${name}"`);
    const run = fc.check(property, { seed, numRuns }) as fc.RunDetails<unknown>;
    // The report names the seed and the path to the smallest case.
    const report = fc.defaultReportMessage(run as fc.RunDetails<[unknown]>);
    expect(run.failed ? `${report}\n${String(run.errorInstance)}` : null).toBeNull();
  });
});
