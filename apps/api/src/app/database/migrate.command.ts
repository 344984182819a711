import { loadConfig, readEnvFile } from '../../platform/config.ts';
import { knownFault } from './known-fault.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './open-database.ts';

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
  const fault = knownFault(error);
  if (fault === null) throw error;
  process.stderr.write(`${fault}\n`);
  process.exitCode = 2;
}
