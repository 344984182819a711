import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startPostgres } from './index.ts';
import { isAlive, isReady } from './postmaster.ts';

const START = join(import.meta.dirname, 'testing/start-and-wait.ts');
/** What is promised for an idle machine is 10 s; a spec that waits for an event may wait longer. */
const PATIENT = { timeout: 120_000, interval: 20 };

let home: string;
let parent: ChildProcess;
let postmaster: number;
let port: number;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'mailpath-guardian-'));
  chmodSync(home, 0o711);
  parent = spawn(process.execPath, ['--conditions=source', START, home], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  const [said] = (await once(parent.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  port = Number(new URL(said.toString().trim()).port);
  postmaster = Number(readFileSync(join(home, 'pgdata/postmaster.pid'), 'utf8').split('\n')[0]);
});

afterEach(async () => {
  await kill('SIGKILL');
  await vi.waitUntil(() => !isAlive(postmaster), PATIENT);
  rmSync(home, { recursive: true, force: true });
});

async function kill(signal: NodeJS.Signals, pid = parent.pid as number): Promise<void> {
  if (parent.exitCode !== null || parent.signalCode !== null) return;
  process.kill(pid, signal);
  await once(parent, 'exit');
}

/** The guardians that this parent has: shells among its children that are not in its process group. */
const guardians = (): number[] =>
  readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .map(Number)
    .filter((pid) => {
      try {
        const [, parentPid] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return Number(parentPid) === parent.pid && command.includes('kill -QUIT');
      } catch {
        return false; // ended in this moment
      }
    });

it('ends Postgres, and itself, when its parent is killed hard; the next start recovers what was committed', async () => {
  const [guardian] = guardians();
  await kill('SIGKILL');
  await expect.poll(() => isAlive(postmaster), PATIENT).toBe(false);
  await expect.poll(() => isAlive(guardian as number), PATIENT).toBe(false);
  expect(await isReady(port)).toBe(false);

  const next = await startPostgres(home, { flags: ['-c', 'fsync=off'] });
  expect(await isReady(Number(new URL(next.url).port))).toBe(true);
  await next.stop();
  expect(readFileSync(join(home, 'postgres.log'), 'utf8')).toContain('automatic recovery in progress');
});

it('ends Postgres when the whole process group of its parent is killed', async () => {
  await kill('SIGKILL', -(parent.pid as number));
  await expect.poll(() => isAlive(postmaster), PATIENT).toBe(false);
});

it('kills a Postgres that cannot shut down any more', async () => {
  process.kill(postmaster, 'SIGSTOP');
  await kill('SIGKILL');
  await expect.poll(() => isAlive(postmaster), PATIENT).toBe(false);
});

it('is started again when it is killed, and guards as before', async () => {
  const [first] = guardians();
  process.kill(first as number, 'SIGKILL');
  await expect
    .poll(() => guardians().filter((pid) => pid !== first && isAlive(pid)), PATIENT)
    .toHaveLength(1);
  expect(isAlive(postmaster)).toBe(true);
  await kill('SIGKILL');
  await expect.poll(() => isAlive(postmaster), PATIENT).toBe(false);
});

it('is gone when Postgres was stopped in order', async () => {
  const [guardian] = guardians();
  parent.stdin?.end();
  await once(parent, 'exit');
  expect(isAlive(postmaster)).toBe(false);
  await expect.poll(() => isAlive(guardian as number), PATIENT).toBe(false);
  expect(readFileSync(join(home, 'postgres.log'), 'utf8')).toContain('fast shutdown');
});

it('is followed by a start that ends what was left when guardian and parent are killed together', async () => {
  const [guardian] = guardians();
  process.kill(parent.pid as number, 'SIGSTOP'); // so that it starts no other guardian
  process.kill(guardian as number, 'SIGKILL');
  await kill('SIGKILL');
  const next = await startPostgres(home, { flags: ['-c', 'fsync=off'] });
  expect(isAlive(postmaster)).toBe(false);
  expect(next.borrowed).toBe(false);
  await next.stop();
});
