import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { migrationDataSource } from './data-source.ts';
import { isDatabaseUnavailable } from '../../platform/database/unavailable.ts';

/** Any number, as long as it stays the same: it names the lock that several starting instances queue up for. */
const LOCK = 7_263_541_908;
const logger = new Logger('Migrations');

/**
 * Brings the tables up to date and returns the names of what was done. One instance at a time; the others wait and then
 * find nothing to do. A database that is still starting is waited for, `waitMs` at most.
 */
export async function migrate(url: string, waitMs = 30_000): Promise<string[]> {
  const source = await connect(url, waitMs);
  const lock = source.createQueryRunner();
  try {
    await lock.query('select pg_advisory_lock($1)', [LOCK]);
    const done = await source.runMigrations({ transaction: 'each' });
    return done.map((migration) => migration.name);
  } finally {
    // Ending the session gives the lock back, whatever happened before.
    await source.destroy();
  }
}

async function connect(url: string, waitMs: number): Promise<DataSource> {
  const until = performance.now() + waitMs;
  for (let told = false; ; told = true) {
    try {
      return await migrationDataSource(url).initialize();
    } catch (error) {
      // Started together with us, for example by docker compose: it gets a moment.
      if (!isDatabaseUnavailable(error) || performance.now() > until) throw error;
      if (!told) logger.warn({ event: 'database-awaited', seconds: waitMs / 1000 });
      await delay(500);
    }
  }
}
