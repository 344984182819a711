import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FailureCode, Outcome, Phase } from '@mailpath/protocol';
import { readId, writeId } from './ids.ts';
import { fromPack, toPack } from './pack.ts';
import type { PackedResult } from './packed-result.ts';

const uuid = fc.uuid();
const moment = fc.integer({ min: 0, max: 4_102_444_800_000 });
const text = fc.string({ unit: 'binary', maxLength: 40 });
const date = moment.map((ms) => new Date(ms).toUTCString());
const value = fc.oneof(
  fc.integer({ min: 0, max: 100_000 }).map((tenths) => tenths / 10),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => (Object.is(each, -0) ? 0 : each)),
  fc.maxSafeInteger(),
  text,
  date,
  date.map((each) => each.replace(' GMT', ' +0000')),
);
const kind = fc.record({
  agentId: uuid,
  boot: uuid,
  checkId: text,
  targetName: text,
  targetHost: text,
  targetPort: fc.integer({ min: 1, max: 65_535 }),
  targetMailbox: fc.option(text),
  outcome: fc.constantFrom(...Outcome.options),
  failurePhase: fc.option(fc.constantFrom(...Phase.options)),
  failureCode: fc.option(fc.constantFrom(...FailureCode.options)),
  reason: fc.option(text),
  evidenceHash: uuid.map((id) => id.replaceAll('-', '')),
});
const rest = fc.record({
  sequence: fc.integer({ min: 0, max: 2 ** 40 }),
  id: uuid,
  runId: fc.option(uuid),
  observedAt: moment,
  receivedAt: moment,
  startedAt: fc.option(moment),
  failureMessage: fc.option(text),
  durationMs: fc.oneof(fc.integer({ min: 0, max: 864_000_000 }).map((tenths) => Math.fround(tenths / 10))),
  values: fc.array(value, { maxLength: 12 }),
  repeats: fc.option(uuid),
});
const results = fc
  .array(kind, { minLength: 1, maxLength: 4 })
  .chain((kinds) =>
    fc
      .array(fc.tuple(fc.constantFrom(...kinds), rest), { minLength: 1, maxLength: 20 })
      .map((rows) =>
        rows.map(([of, own], n): PackedResult => ({ ...of, ...own, sequence: own.sequence + n * 2 ** 41 })),
      ),
  )
  // Some look again at one that is there.
  .map((rows) => rows.map((row, n) => (n % 5 === 4 ? { ...row, repeats: rows[n - 1]?.id ?? null } : row)));

const byKey = (rows: readonly PackedResult[]) =>
  [...rows].sort((a, b) => a.sequence - b.sequence || (a.id < b.id ? -1 : 1));

describe('a pack', () => {
  it('gives back every result that was put into it, and nothing else', () => {
    fc.assert(
      fc.property(results, (rows) => {
        expect(byKey(fromPack(toPack(rows)))).toEqual(byKey(rows));
      }),
      { numRuns: 1_000 },
    );
  });

  it('gives back those of one kind as it would among all', () => {
    fc.assert(
      fc.property(results, (rows) => {
        const isWanted = ({ outcome }: { outcome: string }) => outcome === rows[0]?.outcome;
        expect(fromPack(toPack(rows), { kind: isWanted })).toEqual(fromPack(toPack(rows)).filter(isWanted));
      }),
      { numRuns: 200 },
    );
  });

  it('gives back those of some moments as it would among all', () => {
    fc.assert(
      fc.property(results, moment, (rows, at) => {
        const isWanted = ({ observedAt }: { observedAt: number }) => observedAt < at;
        expect(fromPack(toPack(rows), { row: (moments, row) => moments.observedAt(row) < at })).toEqual(
          fromPack(toPack(rows)).filter(isWanted),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('is the same for the same results, in whatever order they come', () => {
    fc.assert(
      fc.property(results, (rows) => {
        const distinct = [
          ...new Map(rows.map((row) => [`${row.agentId} ${row.boot} ${row.sequence}`, row])).values(),
        ];
        expect(toPack(distinct.toReversed()).equals(toPack(distinct))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('takes parts of ids for what they are, of whatever version', () => {
    fc.assert(
      fc.property(fc.oneof(uuid, fc.uuid({ version: 7 })), (id) => {
        expect(writeId(readId(id))).toBe(id);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('bytes that are no pack', () => {
  it('are refused, never read as something else', () => {
    const pack = toPack([]);
    expect(() => fromPack(Buffer.concat([Buffer.of(9), pack.subarray(1)]))).toThrow('another version');
    expect(() => fromPack(Buffer.concat([pack.subarray(0, 1), Buffer.from('not compressed')]))).toThrow(
      'Decompression failed',
    );
  });
});
