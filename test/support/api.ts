import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiKeysService, EVERYTHING } from '../../apps/api/src/trust/access/api-keys.service.ts';
import { loadConfig } from '../../apps/api/src/platform/config.ts';
import { createApp } from '../../apps/api/src/app/create-app.ts';
import { migrate } from '../../apps/api/src/app/database/migrate.ts';
import { holdAgainstDocument } from './contract.ts';
import { createMigratedDatabase, type FreshDatabase } from './database.ts';

export { createDatabase, type FreshDatabase } from './database.ts';

/** So that no spec makes a key file where it is started; one that asks for the file sets this to ''. */
/** Where test sites have their targets. */
export const LOOPBACK = '127.0.0.0/8, ::1/128';
export const SECRET_KEY = randomBytes(32).toString('base64');

/** The real application on a free port of the loopback address, with a database of its own. */
export interface RunningApi {
  readonly url: string;
  /** For supertest. */
  readonly server: Server;
  readonly apiKey: string;
  readonly app: NestFastifyApplication;
  readonly database: FreshDatabase;
  /** Ends the application and removes its database, unless the database was given. */
  close(): Promise<void>;
}

/** `database` lets a second instance share the first one's; `port` puts it back where an earlier one was. */
export async function startApi({
  database: given,
  port = 0,
  env = {},
}: { database?: FreshDatabase; port?: number; env?: NodeJS.ProcessEnv } = {}): Promise<RunningApi> {
  const database = given ?? (await createMigratedDatabase());
  if (given) await migrate(database.url);
  const app = await createApp(
    loadConfig({
      MAILPATH_LOG_LEVEL: 'error',
      MAILPATH_REQUESTS_PER_MINUTE: '1000000',
      MAILPATH_SECRET_KEY: SECRET_KEY,
      MAILPATH_ALLOW_NETWORKS: LOOPBACK,
      // Whatever was built here is no part of what a spec sees.
      MAILPATH_DOWNLOADS: join(tmpdir(), 'mailpath-no-downloads'),
      ...env,
    }),
    database.url,
    { onAnswer: holdAgainstDocument },
  );
  const { key } = await app.get(ApiKeysService).create({ name: 'tests', ...EVERYTHING });
  await app.listen(port, '127.0.0.1');
  const server = app.getHttpServer();
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    server,
    apiKey: key,
    app,
    database,
    close: async () => {
      await app.close();
      if (!given) await database.drop();
    },
  };
}
