import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Outbox } from './outbox.ts';
import { readStateDb, stateDbPath } from './state-db.ts';
import { CountingApi } from './testing/counting-api.ts';
import { keptLog } from './testing/log-lines.ts';
import { passed } from './testing/result-fixtures.ts';
import { removeTempDirs, tempDir } from './testing/temp-dir.ts';

const opened: Outbox[] = [];
afterEach(() => {
  for (const outbox of opened.splice(0)) outbox.close();
  removeTempDirs();
});

function open(stateDir: string, options: Partial<ConstructorParameters<typeof Outbox>[0]> = {}) {
  const kept = keptLog();
  const outbox = new Outbox({ stateDir, boot: randomUUID(), log: kept.log, ...options });
  opened.push(outbox);
  return { outbox, ...kept };
}

/** As an earlier version wrote it: with an index and a counter, and without a ledger. */
function earlierOutbox(stateDir: string, from: Outbox): void {
  const db = new DatabaseSync(stateDbPath(stateDir));
  db.exec(`
    create table deliveries (position integer primary key autoincrement, boot text not null, sequence integer not null,
      payload text not null, bytes integer not null, checksum integer not null, kept_at integer not null,
      unique (boot, sequence)) strict;
    create table kept (name text primary key, value text not null) strict;
    create table counters (name text primary key, value integer not null) strict;
    insert into counters values ('dropped', 7);`);
  const insert = db.prepare('insert into deliveries values (?, ?, ?, ?, ?, ?, ?)');
  for (let batch = from.nextBatch(1), i = 1; batch; batch = from.nextBatch(1), i += 1) {
    const [delivery] = batch.deliveries;
    const payload = JSON.stringify(delivery);
    const sequence = delivery?.sequence ?? 0;
    const checksum = crc32(`${batch.boot}\n${sequence}\n${payload}`);
    insert.run(i, batch.boot, sequence, payload, payload.length, checksum, Date.now());
    from.acknowledge(batch.boot, sequence);
  }
  db.close();
}

describe('an outbox whose columns have other names', () => {
  const COLUMNS = [
    ' boot ',
    ' sequence ',
    ' payload ',
    ' bytes ',
    ' checksum ',
    ' kept_at ',
    '(name ',
    ' value ',
  ];
  it.each(COLUMNS)('delivers what waits and what comes, where a bit of "%s" is another', (column) => {
    const stateDir = tempDir();
    const before = open(stateDir).outbox;
    for (let i = 0; i < 3; i += 1) before.add(passed(), null);
    opened.splice(0).forEach((outbox) => outbox.close());
    const file = readFileSync(stateDbPath(stateDir));
    const at = file.indexOf(column) + 1;
    expect(at).toBeGreaterThan(0);
    file[at] = (file[at] ?? 0) ^ 0x20;
    writeFileSync(stateDbPath(stateDir), file);
    const { outbox } = open(stateDir);
    outbox.add(passed(), null);
    const api = new CountingApi();
    api.drain(outbox, 4);
    expect(api.stored.size).toBe(4);
    expect(outbox.waiting()).toEqual({ rows: 0, dropped: 0, degraded: false });
  });
});

describe('an outbox that does not do as it is told', () => {
  it.each([
    ['ignores that they are deleted', 'select raise(ignore)'],
    ['brings them back', 'insert into deliveries select * from deliveries where false; select raise(ignore)'],
  ])('sends no batch twice where the file %s, and loses nothing behind them', (_, trick) => {
    const stateDir = tempDir();
    const { outbox, events } = open(stateDir);
    for (let i = 0; i < 12; i += 1) outbox.add(passed(), null);
    const db = new DatabaseSync(stateDbPath(stateDir));
    db.exec(`create trigger trick before delete on deliveries begin ${trick}; end`);
    db.close();
    const api = new CountingApi();
    for (let i = 0; i < 20; i += 1) api.take(outbox, 'acknowledge', 3);
    outbox.tend();
    expect(api.batches).toBe(4);
    expect([...api.came.values()]).toEqual(Array(12).fill(1));
    expect(outbox.waiting()).toEqual({ rows: 0, dropped: 0, degraded: false });
    expect(events()).toContain('outbox rebuilt');
    outbox.add(passed(), null);
    api.drain(outbox, 2);
    expect(api.stored.size).toBe(13);
  });

  it('passes by and counts damaged results, even a hundred of them, and even where they cannot be deleted', () => {
    const stateDir = tempDir();
    const before = open(stateDir).outbox;
    for (let i = 0; i < 150; i += 1) before.add(passed(), null);
    opened.splice(0).forEach((outbox) => outbox.close());
    const db = new DatabaseSync(stateDbPath(stateDir));
    db.exec("update deliveries set payload = replace(payload, 'pass', 'warn') where sequence <= 130");
    db.exec('create trigger trick before delete on deliveries begin select raise(ignore); end');
    db.close();
    const { outbox } = open(stateDir);
    const api = new CountingApi();
    api.drain(outbox, 10);
    // Some of the hundred and thirty may still be found whole elsewhere in the file.
    for (let i = 131; i <= 150; i += 1) expect(api.stored.has(`${before.boot} ${i}`)).toBe(true);
    expect([...api.stored.values()].every(({ result }) => result.outcome === 'pass')).toBe(true);
    const lost = 150 - api.stored.size;
    expect(lost).toBeGreaterThan(100);
    expect(outbox.waiting()).toEqual({ rows: 0, dropped: lost, degraded: false });
    expect(api.dropped).toBe(lost);
    expect(Math.max(...api.came.values())).toBe(1);
  });

  it('tells the API of a start whose results were all given up, with the first batch of a later one', () => {
    const stateDir = tempDir();
    let now = Date.parse('2026-11-01T00:00:00Z');
    const first = open(stateDir, { now: () => now });
    for (let i = 0; i < 4; i += 1) first.outbox.add(passed(), null);
    const api = new CountingApi();
    api.take(first.outbox, 'acknowledge', 1);
    opened.splice(0).forEach((outbox) => outbox.close());
    now += 8 * 24 * 3_600_000;
    const { outbox } = open(stateDir, { now: () => now });
    expect(outbox.waiting()).toMatchObject({ rows: 0, dropped: 3 });
    outbox.add(passed(), null);
    const batch = outbox.nextBatch();
    expect(batch?.givenUp).toEqual([{ boot: first.outbox.boot, after: 1, through: 4 }]);
    outbox.release();
    expect(outbox.nextBatch()?.givenUp).toEqual(batch?.givenUp);
    outbox.acknowledge(outbox.boot, 1);
    outbox.add(passed(), null);
    expect(outbox.nextBatch()).not.toHaveProperty('givenUp');
  });

  it('keeps what an earlier version left, its count as well, also where its index is damaged', () => {
    const stateDir = tempDir();
    const source = open(tempDir());
    for (let i = 0; i < 30; i += 1) source.outbox.add(passed(200), null);
    earlierOutbox(stateDir, source.outbox);
    const page = indexPage(stateDir);
    const file = readFileSync(stateDbPath(stateDir));
    file.fill(0xff, page * 4096 + 100, page * 4096 + 3_000);
    writeFileSync(stateDbPath(stateDir), file);
    const { outbox } = open(stateDir);
    expect(outbox.waiting()).toMatchObject({ rows: 30, degraded: false });
    const api = new CountingApi();
    api.drain(outbox, 10);
    expect(api.stored.size).toBe(30);
  });

  it('goes on with the count of an earlier version', () => {
    const stateDir = tempDir();
    const source = open(tempDir());
    for (let i = 0; i < 3; i += 1) source.outbox.add(passed(), null);
    earlierOutbox(stateDir, source.outbox);
    expect(readStateDb(stateDir)).toMatchObject({ waiting: 3, dropped: 7 });
    expect(open(stateDir).outbox.waiting()).toEqual({ rows: 3, dropped: 7, degraded: false });
  });

  it('keeps what arrives within 200 ms by one transaction, and sends nothing before it is kept', () => {
    vi.useFakeTimers();
    try {
      const stateDir = tempDir();
      let kept = 0;
      const onKept = (): void => void (kept += 1);
      const { outbox } = open(stateDir, { gatherMs: 200, onKept });
      const before = generation(stateDir);
      for (let i = 0; i < 400; i += 1) outbox.add(passed(), null);
      expect(outbox.nextBatch()).toBeNull();
      expect(outbox.waiting().rows).toBe(400);
      vi.advanceTimersByTime(201);
      expect({ kept, transactions: generation(stateDir) - before }).toEqual({ kept: 1, transactions: 1 });
      expect(readStateDb(stateDir)?.waiting).toBe(400);
      const api = new CountingApi();
      api.drain(outbox, 10);
      expect(api.stored.size).toBe(400);
      vi.advanceTimersByTime(200);
      expect(generation(stateDir) - before).toBe(2);
      expect(readStateDb(stateDir)?.waiting).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('tells that there is something to send also where it was tended before the 200 ms were over, and once', () => {
    vi.useFakeTimers();
    try {
      let kept = 0;
      const { outbox } = open(tempDir(), { gatherMs: 200, onKept: () => void (kept += 1) });
      outbox.add(passed(), null);
      vi.advanceTimersByTime(100);
      outbox.tend();
      vi.advanceTimersByTime(1_000);
      expect(kept).toBe(1);
      outbox.tend();
      vi.advanceTimersByTime(1_000);
      expect(kept).toBe(1);
      outbox.add(passed(), null);
      outbox.close();
      vi.advanceTimersByTime(1_000);
      expect(kept).toBe(1);
    } finally {
      vi.useRealTimers();
    }
  });
});

/** Raised by each transaction that changes what waits. */
function generation(stateDir: string): number {
  const copies = readFileSync(path.join(stateDir, 'outbox.ledger')).toString('latin1');
  return Math.max(...[...copies.matchAll(/"generation":(\d+)/g)].map(([, text]) => Number(text)));
}

/** The number of the page, from 0, at which the index of an earlier version begins. */
function indexPage(stateDir: string): number {
  const db = new DatabaseSync(stateDbPath(stateDir));
  const row = db
    .prepare("select rootpage from sqlite_schema where type = 'index' and tbl_name = 'deliveries'")
    .get();
  db.close();
  return Number(row?.['rootpage']) - 1;
}
