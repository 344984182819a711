import { resolve } from 'node:path';
import { Logger } from '@nestjs/common';
import { borrowPostgres, startPostgres } from '@mailpath/embedded-postgres';
import type { ApiConfig } from '../../platform/config.ts';

const logger = new Logger('Database');

export interface OpenDatabase {
  readonly url: string;
  /** Stops what was started here; a database of the operator's own is left alone. */
  close(): Promise<void>;
}

/** The operator's database, or the packaged one: owned by the API, borrowed by a command that may run beside it. */
export async function openDatabase(config: ApiConfig, use: 'own' | 'borrow'): Promise<OpenDatabase> {
  if (config.DATABASE_URL) return { url: config.DATABASE_URL, close: async () => undefined };
  const home = resolve(config.MAILPATH_HOME);
  const postgres =
    use === 'own'
      ? await startPostgres(home, {
          told: (event) => logger.error({ event: 'database-told', message: event }),
        })
      : await borrowPostgres(home);
  return { url: postgres.url, close: () => postgres.stop() };
}
