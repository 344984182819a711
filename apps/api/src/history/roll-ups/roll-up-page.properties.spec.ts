import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FailureCode, Outcome, Phase } from '@mailpath/protocol';
import { bucketOf, mergeBuckets, type Observation } from './bucket.ts';
import { cellOf, readCell, readPage, writePage } from './roll-up-page.ts';

const ms = fc.integer({ min: 0, max: 864_000_000 }).map((tenths) => tenths / 10);
const observation: fc.Arbitrary<Observation> = fc.record({
  check: fc.constantFrom('imap.tls', 'smtp.submission'),
  target: fc.constantFrom('imap', 'smtp'),
  observedAt: fc.nat(),
  outcome: fc.constantFrom(...Outcome.options),
  durationMs: ms,
  phases: fc.array(fc.record({ name: fc.constantFrom(...Phase.options), ms }), { maxLength: 5 }),
  failure: fc.option(
    fc.record({ phase: fc.constantFrom(...Phase.options), code: fc.constantFrom(...FailureCode.options) }),
  ),
});
const hours = fc.array(fc.array(observation, { minLength: 1, maxLength: 12 }), {
  minLength: 1,
  maxLength: 6,
});

describe('a page of roll-ups', () => {
  it('gives back every bucket that was put into it, of an hour and of a day', () => {
    fc.assert(
      fc.property(hours, (observed) => {
        const buckets = observed.map(bucketOf);
        const page = new Map([
          [cellOf('imap.tls', 'imap'), new Map(buckets.map((bucket, n) => [n * 3_600_000, bucket]))],
          [cellOf('imap.tls', 'day'), new Map([[0, mergeBuckets(buckets)]])],
          [cellOf('nothing', 'yet'), new Map()],
        ]);
        const body = writePage(page);
        expect(readPage(body)).toEqual(page);
        for (const [cell, each] of page) expect(readCell(body, cell)).toEqual(each);
        expect(readCell(body, cellOf('imap.tls', 'elsewhere'))).toEqual(new Map());
      }),
      { numRuns: 300 },
    );
  });

  it('of another layout is refused', () => {
    const body = writePage(new Map());
    expect(() => readPage(Buffer.concat([Buffer.of(2), body.subarray(1)]))).toThrow('another version');
  });
});
