import { readFileSync } from 'node:fs';
import {
  CheckResult,
  CompactReader,
  type CompactResults,
  CompactWriter,
  decodeAgentMessage,
  laidOutAs,
  type Results,
} from '@mailpath/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { observedIn, splitEvidence, splitResult } from './evidence-split.ts';

const RECORDED = CheckResult.array().parse(
  JSON.parse(
    readFileSync(new URL('../../../../../test/support/recorded-results.json', import.meta.url), 'utf8'),
  ),
);
/** What a measure may be: few, so that most rounds lie between those before. */
const number = fc.constantFrom(0, 0.5, 3, 12.5, 40, 400);
const hostile = fc.constantFrom(-1, -0.5, 86_400_001, 1e300, 2 ** 53);
const text = fc.constantFrom('OK', '203.0.113.9', 'a\0b', 'x'.repeat(1_025), 'Sat, 28 Nov 2026 06:00:00 GMT');
const seldom = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: of });
const rounds = fc.record({
  result: fc.constantFrom(...RECORDED),
  rounds: fc.array(
    fc.record({
      numbers: fc.array(number, { minLength: 5, maxLength: 9 }),
      worst: seldom(hostile),
      texts: seldom(text),
    }),
    { minLength: 6, maxLength: 16 },
  ),
});

/** Each number below is the next of these, and the first text of what a server said is that text. */
function measured(value: unknown, numbers: readonly number[], said: string | null): unknown {
  let count = 0;
  return JSON.parse(JSON.stringify(value), (key, inner: unknown) => {
    if (typeof inner === 'number' && !['port', 'family', 'status'].includes(key))
      return numbers[(count += 1) % numbers.length];
    return said !== null && ['greeting', 'date', 'used'].includes(key) ? said : inner;
  });
}

function received(event: string, data: unknown) {
  return decodeAgentMessage(JSON.stringify({ event, data }));
}

describe('a result that came compactly', () => {
  it('is what it would have been in full, is refused where that would have been, and is split as that', () => {
    let known = 0;
    let refused = 0;
    fc.assert(
      fc.property(rounds, ({ result, rounds: all }) => {
        const writer = new CompactWriter();
        const reader = new CompactReader();
        for (const [i, { numbers, worst, texts }] of all.entries()) {
          const told = {
            ...(measured(result, worst === null ? numbers : [...numbers, worst], texts) as CheckResult),
            repeats: null,
          };
          const batch: Results = {
            boot: '3f1f7b0e-8d0e-4b7e-9f2a-0d6c1f4f8a11',
            deliveries: [{ sequence: i + 1, runId: null, result: told }],
          };
          const full = received('results', batch);
          const compact = received('compact-results', writer.write(batch));
          const read = reader.read(compact.data as CompactResults);
          expect('results' in read).toBe(full.event === 'results');
          refused += Number(full.event !== 'results');
          if (!('results' in read)) return;
          expect(read.results).toEqual(full.data);
          for (const delivery of read.results.deliveries) {
            known += Number(laidOutAs(delivery.result) !== undefined);
            expect(splitResult(delivery.result)).toEqual(splitEvidence(observedIn(delivery.result)));
          }
        }
      }),
      { numRuns: 200 },
    );
    expect(known).toBeGreaterThan(50);
    expect(refused).toBeGreaterThan(10);
  });
});
