import { loadConfig, readEnvFile } from '../../platform/config.ts';
import { useLog } from '../../platform/log/use-log.ts';
import { knownFault } from './known-fault.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './open-database.ts';

try {
  readEnvFile();
  const config = loadConfig();
  useLog(config.MAILPATH_LOG_LEVEL, process.stderr);
  const database = await openDatabase(config, 'borrow');
  try {
    const done = await migrate(database.url, 5_000);
    process.stdout.write(done.length ? `Done: ${done.join(', ')}\n` : 'The tables are up to date.\n');
  } finally {
    await database.close();
  }
} catch (error) {
  const fault = knownFault(error);
  if (fault === null) throw error;
  process.stderr.write(`${fault}\n`);
  process.exitCode = 2;
}
