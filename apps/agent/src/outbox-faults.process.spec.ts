import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import { Outbox } from './outbox.ts';
import { stateDbPath } from './state-db.ts';
import { keptLog } from './testing/log-lines.ts';
import { passed } from './testing/result-fixtures.ts';
import { removeTempDirs, tempDir } from './testing/temp-dir.ts';

const opened: { close(): void }[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
  removeTempDirs();
});

function open(stateDir: string) {
  const kept = keptLog();
  const outbox = new Outbox({ stateDir, boot: randomUUID(), log: kept.log });
  opened.push(outbox);
  return { outbox, ...kept };
}

function sequences(outbox: Outbox): number[] {
  const all: number[] = [];
  for (let batch = outbox.nextBatch(); batch; batch = outbox.nextBatch()) {
    all.push(...batch.deliveries.map((delivery) => delivery.sequence));
    outbox.acknowledge(batch.boot, all.at(-1) ?? 0);
  }
  return all;
}

const count = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** Writes results in a process of its own, kills that hard after a while, and tells the last sequence it had kept. */
async function writeUntilKilled(stateDir: string, boot: string, afterLines: number): Promise<number> {
  const script = path.join(import.meta.dirname, 'testing/outbox-writer.ts');
  const child = spawn(process.execPath, ['--conditions=source', script, stateDir, boot], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (said.split('\n').length > afterLines) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return Number(said.trim().split('\n').at(-1));
}

describe('the outbox under faults', () => {
  it('loses nothing that it had kept when the process is killed at any moment, and opens again', async () => {
    const stateDir = tempDir();
    const boots: { boot: string; kept: number }[] = [];
    for (const afterLines of [1, 3, 10, 37, 120, 400]) {
      const boot = randomUUID();
      boots.push({ boot, kept: await writeUntilKilled(stateDir, boot, afterLines) });
    }
    const { outbox, events } = open(stateDir);
    const found = new Map<string, number[]>();
    for (let batch = outbox.nextBatch(); batch; batch = outbox.nextBatch()) {
      const before = found.get(batch.boot) ?? [];
      found.set(batch.boot, [...before, ...batch.deliveries.map((delivery) => delivery.sequence)]);
      outbox.acknowledge(batch.boot, batch.deliveries.at(-1)?.sequence ?? 0);
    }
    expect([...found.keys()]).toEqual(boots.map(({ boot }) => boot));
    for (const { boot, kept } of boots) {
      const stored = found.get(boot) ?? [];
      // One more may have been kept in the moment before the kill, which was not told any more.
      expect(stored).toEqual(count(1, stored.length));
      expect(stored.length).toBeGreaterThanOrEqual(kept);
      expect(stored.length).toBeLessThanOrEqual(kept + 1);
    }
    expect(events()).not.toContain('outbox moved aside');
  });

  it.each([
    ['text', Buffer.from('this is not a database, and long enough to look like one '.repeat(100))],
    ['zeros', Buffer.alloc(8_192)],
    ['a torn header', Buffer.from('SQLite format 3\0 and then something else entirely'.repeat(20))],
  ])('starts anew over a file of %s, and keeps that file aside', (_, content) => {
    const stateDir = tempDir();
    writeFileSync(stateDbPath(stateDir), content);
    const { outbox } = open(stateDir);
    outbox.add(passed(), null);
    expect(outbox.waiting()).toMatchObject({ rows: 1, degraded: false });
    expect(readdirSync(stateDir).filter((name) => name.includes('.aside-'))).toHaveLength(1);
  });

  it('starts anew over a database of another kind', () => {
    const stateDir = tempDir();
    const foreign = new DatabaseSync(stateDbPath(stateDir));
    foreign.exec('create table deliveries (something text)');
    foreign.close();
    const { outbox, events } = open(stateDir);
    outbox.add(passed(), null);
    expect(sequences(outbox)).toEqual([1]);
    expect(events()).toContain('outbox moved aside');
  });

  it('delivers no result whose content was altered on disk, counts it, and delivers the others', () => {
    const stateDir = tempDir();
    const { outbox, events } = open(stateDir);
    for (let i = 0; i < 5; i += 1) outbox.add(passed(), null);
    const db = new DatabaseSync(stateDbPath(stateDir));
    db.exec('update deliveries set payload = replace(payload, \'"pass"\', \'"warn"\') where sequence = 3');
    db.close();
    expect(sequences(outbox)).toEqual([1, 2, 4, 5]);
    expect(outbox.waiting()).toMatchObject({ rows: 0, dropped: 1 });
    expect(events()).toContain('damaged results dropped');
  });

  it('keeps the newest 500 results in memory while the disk refuses, and heals by itself', () => {
    const parent = tempDir();
    const stateDir = path.join(parent, 'state');
    // A file in the folder's place refuses root as well, which a read-only mode would not.
    writeFileSync(stateDir, '');
    const { outbox, events } = open(stateDir);
    for (let i = 0; i < 510; i += 1) outbox.add(passed(), null);
    expect(outbox.waiting()).toEqual({ rows: 500, dropped: 10, degraded: true });
    expect(events().filter((event) => event === 'outbox degraded')).toHaveLength(1);
    expect(outbox.nextBatch(1)?.deliveries[0]?.sequence).toBe(11);
    outbox.release();
    rmSync(stateDir);
    mkdirSync(stateDir);
    outbox.tend();
    expect(outbox.waiting()).toEqual({ rows: 500, dropped: 10, degraded: false });
    expect(events()).toContain('outbox healed');
    expect(sequences(outbox)).toEqual(count(11, 510));
  });

  it('neither loses nor repeats a result while another program holds the file', () => {
    const stateDir = tempDir();
    const { outbox, events } = open(stateDir);
    for (let i = 0; i < 3; i += 1) outbox.add(passed(), null);
    const scanner = new DatabaseSync(stateDbPath(stateDir));
    opened.push(scanner);
    scanner.exec('begin immediate');
    outbox.add(passed(), null);
    expect(events()).toContain('outbox degraded');
    expect(outbox.nextBatch()?.deliveries).toHaveLength(3);
    expect(outbox.acknowledge(outbox.boot, 3)).toBe(true);
    expect(outbox.nextBatch()?.deliveries.map((delivery) => delivery.sequence)).toEqual([4]);
    outbox.release();
    scanner.exec('rollback');
    outbox.add(passed(), null);
    outbox.tend();
    expect(outbox.waiting()).toEqual({ rows: 2, dropped: 0, degraded: false });
    expect(sequences(outbox)).toEqual([4, 5]);
  });
});
