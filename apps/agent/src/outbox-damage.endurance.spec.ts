import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Outbox } from './outbox.ts';
import { CountingApi } from './testing/counting-api.ts';
import { copyState, flip, leaveBehind, marked, quickDir, type LeftBehind } from './testing/damaged-outbox.ts';
import { keptLog } from './testing/log-lines.ts';
import { seeded } from './testing/seeded.ts';

const SIZES = Array.from({ length: 40 }, (_, i) => [40, 300, 900, 2_500, 5_000, 9_000][i % 6] ?? 40);
const CASES = Number(process.env['MAILPATH_DAMAGED_OUTBOXES'] ?? 240);

let base: string;
let left: LeftBehind;
beforeAll(() => {
  base = quickDir();
  left = leaveBehind(base, SIZES);
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

const PLACES: Record<string, (file: Buffer, random: () => number) => number> = {
  'the header': (_, random) => Math.floor(random() * 100),
  'a page header': (file, random) =>
    Math.floor((random() * file.length) / 4096) * 4096 + Math.floor(random() * 40),
  anywhere: (file, random) => Math.floor(random() * file.length),
};

function damaged(seed: number) {
  const random = seeded(seed);
  const stateDir = path.join(base, `case-${seed}`);
  mkdirSync(stateDir);
  copyState(left.stateDir, stateDir);
  const touched = new Set<string>();
  const flips = 1 + Math.floor(random() * 10);
  const names = Object.keys(PLACES);
  for (let i = 0; i < flips; i += 1) {
    const file = path.join(stateDir, ['outbox.sqlite', 'outbox.sqlite-wal'][(seed + i) % 2] as string);
    const place = PLACES[names[(seed + i) % names.length] as string] as (typeof PLACES)[string];
    for (const record of flip(file, place(readFileSync(file), random), Math.floor(random() * 8)))
      touched.add(record);
  }
  return { stateDir, touched };
}

describe('a damaged outbox', () => {
  it.each(Array.from({ length: CASES }, (_, i) => [i + 1]))(
    'costs the damaged results and no others, and says how many (flips by seed %i)',
    (seed) => {
      const { stateDir, touched } = damaged(seed);
      const boot = randomUUID();
      const outbox = new Outbox({ stateDir, boot, log: keptLog().log });
      const api = new CountingApi();
      for (const [key, delivery] of left.api.stored) api.stored.set(key, delivery);
      for (const [name, mark] of left.api.marks) api.marks.set(name, mark);
      api.drain(outbox, left.produced.size);
      outbox.add(marked(boot, 1, 40), null);
      api.drain(outbox, 10);
      const { rows, dropped, degraded } = outbox.waiting();
      outbox.close();
      rmSync(stateDir, { recursive: true });

      expect({ rows, degraded }).toEqual({ rows: 0, degraded: false });
      expect([...api.came.values()].filter((times) => times > 1)).toEqual([]);
      const missing = [...left.produced.keys()].filter((key) => !api.stored.has(key));
      const undamaged = missing.filter((key) => !touched.has(`${key.slice(0, 8)} ${key.slice(37)}`));
      expect(undamaged).toEqual([]);
      const ours = [...api.stored].filter(([key]) => left.produced.has(key));
      expect(ours.map(([, { result }]) => result)).toEqual(ours.map(([key]) => left.produced.get(key)));
      expect({ dropped, told: api.dropped }).toEqual({ dropped: missing.length, told: missing.length });
    },
  );
});
