import { randomUUID } from 'node:crypto';
import { MAX_BATCH, MAX_FRAME_BYTES, Delivery } from '@mailpath/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { Outbox, OUTBOX_LIMITS } from './outbox.ts';
import { keptLog } from './testing/log-lines.ts';
import { passed } from './testing/result-fixtures.ts';
import { removeTempDirs, tempDir } from './testing/temp-dir.ts';

const opened: Outbox[] = [];
afterEach(() => {
  for (const outbox of opened.splice(0)) outbox.close();
  removeTempDirs();
});

function open(stateDir: string, options: Partial<ConstructorParameters<typeof Outbox>[0]> = {}): Outbox {
  const outbox = new Outbox({ stateDir, boot: randomUUID(), log: keptLog().log, ...options });
  opened.push(outbox);
  return outbox;
}

/** Takes everything out as a good API would, and tells boot and sequences of each batch. */
function drain(outbox: Outbox): { boot: string; sequences: number[] }[] {
  const batches: { boot: string; sequences: number[] }[] = [];
  for (let batch = outbox.nextBatch(); batch; batch = outbox.nextBatch()) {
    const sequences = batch.deliveries.map((delivery) => delivery.sequence);
    batches.push({ boot: batch.boot, sequences });
    outbox.acknowledge(batch.boot, sequences.at(-1) ?? 0);
  }
  return batches;
}

const count = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('the outbox', () => {
  it('gives results out in order, again until they are acknowledged, and then no more', () => {
    const outbox = open(tempDir());
    const results = [passed(), passed(), passed()];
    const runId = randomUUID();
    results.forEach((result) => outbox.add(result, runId));
    const first = outbox.nextBatch();
    expect(first?.deliveries).toEqual(results.map((result, i) => ({ sequence: i + 1, runId, result })));
    expect(outbox.nextBatch()).toBeNull();
    outbox.release();
    expect(outbox.nextBatch()).toEqual(first);
    expect(outbox.acknowledge(outbox.boot, 2)).toBe(true);
    expect(outbox.nextBatch()?.deliveries.map((delivery) => delivery.sequence)).toEqual([3]);
    expect(outbox.acknowledge(outbox.boot, 3)).toBe(true);
    expect(outbox.waiting()).toEqual({ rows: 0, dropped: 0, degraded: false });
  });

  it('forgets nothing that was not on its way, whatever the API acknowledges', () => {
    const outbox = open(tempDir());
    for (let i = 0; i < 5; i += 1) outbox.add(passed(), null);
    expect(outbox.acknowledge(outbox.boot, 5)).toBe(false);
    outbox.nextBatch(2);
    expect(outbox.acknowledge(randomUUID(), 2)).toBe(false);
    expect(outbox.acknowledge(outbox.boot, 0)).toBe(false);
    expect(outbox.acknowledge(outbox.boot, 1_000_000)).toBe(true);
    expect(drain(outbox)).toEqual([{ boot: outbox.boot, sequences: [3, 4, 5] }]);
  });

  it('replays what earlier starts left behind, the oldest start first, never two in one batch', () => {
    const stateDir = tempDir();
    const boots = [randomUUID(), randomUUID(), randomUUID()];
    const last = boots.map((boot) => {
      opened.splice(0).forEach((outbox) => outbox.close());
      const outbox = open(stateDir, { boot });
      outbox.add(passed(), null);
      outbox.add(passed(), null);
      return outbox;
    });
    expect(drain(last[2] as Outbox)).toEqual(boots.map((boot) => ({ boot, sequences: [1, 2] })));
  });

  it('makes no batch of more results or bytes than a frame takes', () => {
    const outbox = open(tempDir());
    for (let i = 0; i < 9; i += 1) outbox.add(passed(60_000), null);
    for (let i = 0; i < 130; i += 1) outbox.add(passed(), null);
    const sizes: number[] = [];
    for (let batch = outbox.nextBatch(); batch; batch = outbox.nextBatch()) {
      sizes.push(batch.deliveries.length);
      expect(Buffer.byteLength(JSON.stringify({ event: 'results', data: batch }))).toBeLessThan(
        MAX_FRAME_BYTES,
      );
      outbox.acknowledge(batch.boot, batch.deliveries.at(-1)?.sequence ?? 0);
    }
    expect(sizes.slice(0, 2)).toEqual([3, 3]);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(MAX_BATCH);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(139);
  });

  it('keeps the verdict of a result whose evidence would fit no frame, and says that it left that out', () => {
    const outbox = open(tempDir());
    outbox.add(passed(300_000), null);
    const [delivery] = outbox.nextBatch()?.deliveries ?? [];
    expect(delivery?.result).toMatchObject({ check: 'imap.tls', outcome: 'pass' });
    expect(delivery?.result.evidence).toEqual({
      mailpath: { evidenceLeftOutBytes: expect.any(Number) as number },
    });
    expect(Delivery.safeParse(delivery).success).toBe(true);
  });

  it('gives up the oldest above its number of results, and counts exactly', () => {
    const outbox = open(tempDir(), { limits: { ...OUTBOX_LIMITS, rows: 5 } });
    for (let i = 0; i < 12; i += 1) outbox.add(passed(), null);
    expect(outbox.waiting()).toMatchObject({ rows: 5, dropped: 7 });
    expect(drain(outbox)).toEqual([{ boot: outbox.boot, sequences: count(8, 12) }]);
  });

  it('gives up the oldest above its bytes on disk, and what is delivered and dropped is what was produced', () => {
    const bytes = 400 * 1024;
    const outbox = open(tempDir(), { limits: { ...OUTBOX_LIMITS, bytes } });
    for (let i = 0; i < 300; i += 1) outbox.add(passed(4_000), null);
    const { rows, dropped } = outbox.waiting();
    expect(rows * 4_000).toBeLessThanOrEqual(bytes);
    expect(rows).toBeGreaterThan(40);
    expect(rows + dropped).toBe(300);
    expect(drain(outbox).flatMap((batch) => batch.sequences)).toEqual(count(dropped + 1, 300));
  });

  it('gives up what is older than seven days, also while nothing new comes', () => {
    let now = Date.parse('2026-11-01T00:00:00Z');
    const outbox = open(tempDir(), { now: () => now });
    outbox.add(passed(), null);
    now += 6 * 24 * 3_600_000;
    outbox.add(passed(), null);
    expect(outbox.waiting().rows).toBe(2);
    now += 2 * 24 * 3_600_000;
    outbox.tend();
    expect(outbox.waiting()).toMatchObject({ rows: 1, dropped: 1 });
  });

  it('does not give up what is on its way', () => {
    const outbox = open(tempDir(), { limits: { ...OUTBOX_LIMITS, rows: 3 } });
    for (let i = 0; i < 3; i += 1) outbox.add(passed(), null);
    outbox.nextBatch(2);
    outbox.add(passed(), null);
    outbox.acknowledge(outbox.boot, 2);
    expect(outbox.waiting()).toMatchObject({ rows: 1, dropped: 1 });
    expect(drain(outbox)).toEqual([{ boot: outbox.boot, sequences: [4] }]);
  });

  it('remembers over a restart how many it gave up', () => {
    const stateDir = tempDir();
    const before = open(stateDir, { limits: { ...OUTBOX_LIMITS, rows: 1 } });
    before.add(passed(), null);
    before.add(passed(), null);
    opened.splice(0).forEach((outbox) => outbox.close());
    expect(open(stateDir).waiting()).toMatchObject({ rows: 1, dropped: 1 });
  });
});
