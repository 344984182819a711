import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { type ApiConfig, loadConfig, readEnvFile } from '../platform/config.ts';
import { MailpathError } from '../platform/errors.ts';
import { useLog } from '../platform/log/use-log.ts';
import { knownFault } from './database/known-fault.ts';
import { applicationOptions } from './database/data-source.ts';
import { migrate } from './database/migrate.ts';
import { openDatabase } from './database/open-database.ts';

/**
 * A command beside the API whose words are one name: it works on the database, running or not, and prints a line.
 * Whoever may run it can read the database anyway. Sets the exit code.
 */
export async function runNamedCommand(
  usage: string,
  name: z.ZodType<string>,
  work: (source: DataSource, name: string, config: ApiConfig) => Promise<string>,
): Promise<void> {
  readEnvFile();
  const wanted = name.safeParse(process.argv.slice(2).join(' '));
  if (!wanted.success) return refuse(`Usage: ${usage}`);
  try {
    const config = loadConfig();
    useLog(config.MAILPATH_LOG_LEVEL, process.stderr);
    const database = await openDatabase(config, 'borrow');
    try {
      await migrate(database.url, 5_000);
      const source = await new DataSource(applicationOptions(database.url)).initialize();
      try {
        process.stdout.write(`${await work(source, wanted.data, config)}\n`);
      } finally {
        await source.destroy();
      }
    } finally {
      await database.close();
    }
  } catch (error) {
    const fault = error instanceof MailpathError ? error.message : knownFault(error);
    if (fault === null) throw error;
    refuse(fault);
  }
}

function refuse(line: string): void {
  process.stderr.write(`${line}\n`);
  process.exitCode = 2;
}
