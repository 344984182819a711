import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const PROGRAM = join(import.meta.dirname, '../tools/test-busy.mjs');
const PATIENT = { timeout: 120_000, interval: 50 };

/** A suite of one test that starts a program, notes it, and never ends. */
const ENDLESS = `
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
test('waits for ever', async () => {
  spawn('sleep', ['600'], { stdio: 'ignore' });
  writeFileSync('started', '');
  await new Promise(() => {});
}, 600_000);
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mailpath-busy-'));
  writeFileSync(join(folder, 'endless.test.mjs'), ENDLESS);
});
afterEach(() => {
  for (const pid of there()) process.kill(pid, 'SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** What runs with this folder in its environment: vitest, its workers, and what the test started. */
const there = (): number[] =>
  readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`BUSY_IN=${folder}`);
      } catch {
        return false; // ended in this moment
      }
    });

const start = () =>
  spawn(process.execPath, [PROGRAM, '--loops=0', '--globals', '--root', folder], {
    cwd: folder,
    env: { PATH: process.env['PATH'], BUSY_IN: folder },
    stdio: 'ignore',
  });

it('leaves nothing of the suite behind when it is killed, its workers and their programs among it', async () => {
  const busy = start();
  await expect.poll(() => existsSync(join(folder, 'started')), PATIENT).toBe(true);
  // This one, the suite, a worker, the program of the test, and the shell that ends them.
  expect(there().length).toBeGreaterThanOrEqual(5);
  busy.kill('SIGKILL');
  await once(busy, 'exit');
  await expect.poll(there, PATIENT).toEqual([]);
});

it('ends as the suite does', async () => {
  writeFileSync(join(folder, 'endless.test.mjs'), `test('fails', () => { expect(1).toBe(2); });`);
  const busy = start();
  expect(await once(busy, 'exit')).toEqual([1, null]);
  await expect.poll(there, PATIENT).toEqual([]);
});
