import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAgentMessage, type Results } from '../agent-message.ts';
import { FailureCode, Phase } from '../words.ts';
import type { CompactResults } from './compact-results.ts';
import { CompactReader } from './compact-reader.ts';
import { CompactWriter } from './compact-writer.ts';

const decoded = (event: string, data: unknown) => decodeAgentMessage(JSON.stringify({ event, data }));

/** What the API makes of a batch in full. */
function inFull(batch: Results): Results {
  const message = decoded('results', batch);
  if (message.event !== 'results') throw new Error(JSON.stringify(message));
  return message.data;
}

function asReceived(compact: CompactResults): CompactResults {
  const message = decoded('compact-results', compact);
  if (message.event !== 'compact-results') throw new Error(JSON.stringify(message));
  return message.data;
}

/** The hole of a skeleton among other characters, NUL, halves of pairs. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    '\uE000',
    'OK \uE000 8BITMIME',
    '\0\uD800',
    '250-SIZE 157286400',
    '203.0.113.7',
    '__proto__',
  ),
  fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
);
const ms = fc.double({ min: 0, max: 86_400_000, noNaN: true }).map((each) => each + 0);
const flat = fc.oneof(
  text,
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => each + 0),
  fc.boolean(),
  fc.constant(null),
);
const name = fc.constantFrom('arc', 'status', 'chain', 'version', 'hops', 'family', 'port', 'count');
const section = fc.dictionary(
  name,
  fc.oneof(flat, fc.array(flat, { maxLength: 3 }), fc.dictionary(name, flat, { maxKeys: 3 })),
  { maxKeys: 4 },
);
const evidence = fc.record(
  {
    clock: fc.record({
      source: fc.constantFrom('http-date', 'smtp-banner'),
      aheadMs: fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => each + 0),
    }),
    imap: fc.record({ greeting: fc.option(text), capability: fc.array(text, { maxLength: 4 }) }),
    connect: fc.record({
      attempts: fc.array(
        fc.record({
          address: fc.oneof(fc.ipV4(), fc.ipV6()),
          family: fc.constantFrom(4, 6),
          outcome: fc.constant('reached'),
          ms,
        }),
      ),
      used: fc.option(text),
    }),
    arc: section,
    zeta: section,
  },
  { requiredKeys: [] },
);
const failure = fc.record({
  phase: fc.constantFrom(...Phase.options),
  code: fc.constantFrom(...FailureCode.options),
  message: text.map((each) => `x${each}`),
});
const result = fc
  .record({
    id: fc.oneof(fc.uuid(), fc.uuid({ version: 7 })),
    check: fc.constantFrom('imap.tls', 'smtp.starttls', 'https.status'),
    target: fc.record({
      name: fc.constantFrom('imap', 'smtp'),
      host: fc.constantFrom('outlook.office365.com', '192.0.2.7'),
      port: fc.constantFrom(443, 993),
      mailbox: fc.constantFrom('a@example.com', undefined),
    }),
    startedAt: fc.oneof(
      fc.integer({ min: 0, max: 4_102_444_800_000 }).map((each) => new Date(each).toISOString()),
      fc.constantFrom('2026-11-28T06:00:00Z', '2026-11-28T06:00:00.123456Z'),
    ),
    durationMs: ms,
    phases: fc.array(fc.record({ name: fc.constantFrom(...Phase.options), ms }), { maxLength: 4 }),
    failure: fc.option(failure),
    reason: fc.option(text.map((each) => `x${each}`)),
    evidence,
    repeats: fc.option(fc.uuid()),
  })
  .map((each) => ({
    ...each,
    outcome: each.failure === null ? 'pass' : each.failure.code === 'throttled' ? 'throttled' : 'fail',
  }));
/** Rounds in which some results are as they were, and some are others. */
const batches = fc
  .array(result, { minLength: 1, maxLength: 5 })
  .chain((some) =>
    fc.array(
      fc.record({
        first: fc.integer({ min: 1, max: 2 ** 40 }),
        sentAtMs: fc.option(fc.integer(), { nil: undefined }),
        results: fc.array(
          fc.tuple(
            fc.constantFrom(...some),
            fc.option(result),
            fc.option(ms),
            fc.option(
              fc.constantFrom('3f1f7b0e-8d0e-4b7e-9f2a-0d6c1f4f8a11', '01a20bac-7abe-74ff-a112-9ae128132374'),
            ),
          ),
          { minLength: 1, maxLength: 8 },
        ),
      }),
      { minLength: 1, maxLength: 5 },
    ),
  )
  .map((all) =>
    all.map(
      ({ first, sentAtMs, results }) =>
        JSON.parse(
          JSON.stringify({
            boot: '3f1f7b0e-8d0e-4b7e-9f2a-0d6c1f4f8a11',
            sentAtMs,
            deliveries: results.map(([before, other, durationMs, runId], i) => ({
              sequence: first + i,
              runId,
              result: { ...(other ?? before), ...(durationMs !== null && { durationMs }) },
            })),
          }),
        ) as Results,
    ),
  );

describe('compact frames', () => {
  it('say what full ones say, whatever was observed, frame after frame', () => {
    let compactly = 0;
    fc.assert(
      fc.property(batches, (all) => {
        const writer = new CompactWriter();
        const reader = new CompactReader();
        for (const batch of all) {
          const compact = writer.write(batch);
          // A moment with another number of digits does not come back as it was told: such a batch goes in full.
          const isPlain = batch.deliveries.every(({ result: { startedAt } }) => /\.\d{3}Z$/.test(startedAt));
          expect(compact !== null).toBe(isPlain);
          if (!compact) continue;
          compactly += 1;
          expect(reader.read(asReceived(compact))).toEqual({ results: inFull(batch) });
        }
      }),
      { numRuns: 200 },
    );
    expect(compactly).toBeGreaterThan(50);
  });

  it('are never taken for another frame when one of them was lost', () => {
    fc.assert(
      fc.property(batches, fc.nat(4), (all, lost) => {
        const writer = new CompactWriter();
        const reader = new CompactReader();
        const compact = all.flatMap((batch) => writer.write(batch) ?? []);
        for (const [i, frame] of compact.entries()) {
          if (i === lost) continue;
          expect(Object.keys(reader.read(frame))).toEqual([i > lost ? 'unknown' : 'results']);
        }
      }),
      { numRuns: 60 },
    );
  });
});
