import { EmbeddedPostgresError } from '@mailpath/embedded-postgres';
import { ConfigError, loadConfig, readEnvFile } from '../../platform/config.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './open-database.ts';
import { isDatabaseUnavailable } from '../../platform/database/unavailable.ts';

try {
  readEnvFile();
  const database = await openDatabase(loadConfig(), 'borrow');
  try {
    const done = await migrate(database.url, 5_000);
    process.stdout.write(done.length ? `Done: ${done.join(', ')}\n` : 'The tables are up to date.\n');
  } finally {
    await database.close();
  }
} catch (error) {
  const known =
    error instanceof ConfigError || error instanceof EmbeddedPostgresError || isDatabaseUnavailable(error);
  if (!known) throw error;
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}
