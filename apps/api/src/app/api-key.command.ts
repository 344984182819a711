import { EmbeddedPostgresError } from '@mailpath/embedded-postgres';
import { DataSource } from 'typeorm';
import { ConfigError, loadConfig, readEnvFile } from '../platform/config.ts';
import { applicationOptions } from './database/data-source.ts';
import { migrate } from './database/migrate.ts';
import { openDatabase } from './database/open-database.ts';
import { isDatabaseUnavailable } from '../platform/database/unavailable.ts';
import { ApiKeyCreation } from '../trust/access/api-key.ts';
import { ApiKeysService } from '../trust/access/api-keys.service.ts';

/** Makes another API key when every known one is lost. Whoever may run this can read the database anyway. */
async function createKey(name: string): Promise<void> {
  const database = await openDatabase(loadConfig(), 'borrow');
  try {
    await migrate(database.url, 5_000);
    const source = await new DataSource(applicationOptions(database.url)).initialize();
    try {
      const { key } = await ApiKeysService.over(source).create(name);
      process.stdout.write(`API key "${name}" (shown only now, keep it): ${key}\n`);
    } finally {
      await source.destroy();
    }
  } finally {
    await database.close();
  }
}

readEnvFile();
const wanted = ApiKeyCreation.safeParse({ name: process.argv.slice(2).join(' ') });
if (!wanted.success) {
  process.stderr.write(
    'Usage: npm run api-key -- NAME (for whom or what the key is, at most 100 characters)\n',
  );
  process.exitCode = 2;
} else {
  try {
    await createKey(wanted.data.name);
  } catch (error) {
    const known =
      error instanceof ConfigError || error instanceof EmbeddedPostgresError || isDatabaseUnavailable(error);
    if (!known) throw error;
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 2;
  }
}
