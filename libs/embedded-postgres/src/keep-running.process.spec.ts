import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { isReady } from './postmaster.ts';
import { type RunningPostgres, startPostgres } from './start-postgres.ts';

let home: string;
let postgres: RunningPostgres | undefined;

afterEach(async () => {
  await postgres?.stop();
  rmSync(home, { recursive: true, force: true });
});

const postmaster = () => Number(readFileSync(join(home, 'pgdata/postmaster.pid'), 'utf8').split('\n')[0]);

it('starts a Postgres that was killed again, on the port it had, and says so', async () => {
  home = mkdtempSync(join(tmpdir(), 'mailpath-keep-'));
  chmodSync(home, 0o711);
  const told: string[] = [];
  postgres = await startPostgres(home, { told: (event) => told.push(event) });
  const port = Number(new URL(postgres.url).port);
  const killed = postmaster();
  process.kill(killed, 'SIGKILL');
  await expect.poll(() => told, { timeout: 120_000 }).toHaveLength(1);
  await expect.poll(() => isReady(port), { timeout: 120_000 }).toBe(true);
  expect(told[0]).toContain(`process ${killed}`);
  const revived = postmaster();
  expect(revived).not.toBe(killed);

  await postgres.stop();
  expect(() => process.kill(revived, 0)).toThrow('ESRCH');
  expect(await isReady(port)).toBe(false);
});
