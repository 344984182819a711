import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiKeysService } from '../trust/access/api-keys.service.ts';
import { SignInLinks } from '../trust/access/sign-in-links.service.ts';
import { UsersService } from '../trust/access/users.service.ts';
import type { ApiConfig } from '../platform/config.ts';
import { useLog } from '../platform/log/use-log.ts';
import { createApp } from './create-app.ts';
import { HOW_TO_BUILD, isDashboardBuilt } from './dashboard/serve-dashboard.ts';
import { migrate } from './database/migrate.ts';
import { openDatabase, type OpenDatabase } from './database/open-database.ts';

/** What requests in progress get to end in, before their connections are cut. */
const CLOSE_MS = 10_000;
const LOOK_FOR_IDLE_MS = 50;
const FIRST_USER = 'admin';
const FIRST_LINK_MINUTES = 24 * 60;

/** Database, tables, first key, application, signals: resolves when requests are answered. */
export async function startApi(config: ApiConfig): Promise<void> {
  const asked = askedToStop();
  const log = useLog(config.MAILPATH_LOG_LEVEL);
  const database = await openDatabase(config, 'own');
  let app: NestFastifyApplication | undefined;
  try {
    await migrate(database.url);
    app = await createApp(config, database.url);
    await app.listen(config.MAILPATH_PORT, config.MAILPATH_HOST);
    const url = addressOf(app, config);
    await announceFirstKey(app, config, url);
    await announceFirstUser(app, config, url);
    stopWhenAsked(asked, app, database);
    log.info({ event: 'listening', url });
    process.stdout.write(`Mailpath API listens on ${url} (reference: ${url}/docs)\n`);
    if (!isDashboardBuilt(config)) process.stdout.write(`${HOW_TO_BUILD.words.en}\n`);
    if (process.connected) process.send?.({ event: 'listening', url });
  } catch (error) {
    await app?.close();
    await database.close();
    throw error;
  }
}

function addressOf(app: NestFastifyApplication, config: ApiConfig): string {
  const address = app.getHttpServer().address();
  const port = typeof address === 'object' && address ? address.port : config.MAILPATH_PORT;
  const host = ['0.0.0.0', '::'].includes(config.MAILPATH_HOST) ? 'localhost' : config.MAILPATH_HOST;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

async function announceFirstKey(app: NestFastifyApplication, config: ApiConfig, url: string): Promise<void> {
  const key = await app.get(ApiKeysService).createFirst(config.MAILPATH_INITIAL_API_KEY);
  if (key === null || key === config.MAILPATH_INITIAL_API_KEY) return;
  process.stdout.write(
    `API key (shown only now, keep it): ${key}\n` +
      `Send it with every request: curl -H "Authorization: Bearer $KEY" ${url}/v1/sites\n`,
  );
}

/** Nobody has a password before the first user has set one: whoever sees this line signs in first. */
async function announceFirstUser(app: NestFastifyApplication, config: ApiConfig, url: string): Promise<void> {
  const user = await app.get(UsersService).createFirst(FIRST_USER);
  if (!user) return;
  const { path } = await app.get(SignInLinks).make(user.id, FIRST_LINK_MINUTES);
  process.stdout.write(
    `Sign in as ${user.name}, once and within 24 hours: ${config.MAILPATH_PUBLIC_URL ?? url}${path}\n`,
  );
}

/**
 * Resolves when this process is asked to end. Asked for before anything is started: a signal during the start would
 * otherwise end the process at once and leave its database running, so it counts when the start is through.
 */
function askedToStop(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => resolve();
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    // Started by another program that has gone: nobody would ever stop this one.
    if (process.send) process.on('disconnect', stop);
    if (process.connected === false) stop();
  });
}

/** Nest's own shutdown hooks end the process before the database behind it has stopped, so the order is kept here. */
function stopWhenAsked(asked: Promise<void>, app: NestFastifyApplication, database: OpenDatabase): void {
  void asked.then(async () => {
    const server = app.getHttpServer();
    setTimeout(() => server.closeAllConnections(), CLOSE_MS).unref();
    // A server that closes ends what is idle in that moment; a connection with a request in progress becomes idle
    // later, and would be kept.
    setInterval(() => server.closeIdleConnections(), LOOK_FOR_IDLE_MS).unref();
    process.exit(await end(app, database));
  });
}

async function end(app: NestFastifyApplication, database: OpenDatabase): Promise<number> {
  try {
    try {
      await app.close();
    } finally {
      await database.close();
    }
    return 0;
  } catch (error) {
    process.stderr.write(`Mailpath did not stop in order: ${String(error)}\n`);
    return 1;
  }
}
