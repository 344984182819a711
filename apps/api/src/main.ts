import { EmbeddedPostgresError } from '@mailpath/embedded-postgres';
import { ConfigError, loadConfig, readEnvFile } from './platform/config.ts';
import { isDatabaseUnavailable } from './platform/database/unavailable.ts';
import { startApi } from './app/start-api.ts';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 11)) {
  stop(
    `Mailpath needs Node 24.11 or later; this is ${process.version}. Start it with "npm start", which brings its own.`,
    1,
  );
}

try {
  readEnvFile();
  await startApi(loadConfig());
} catch (error) {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE') {
    stop(
      'The port is in use already: another Mailpath, or another program, listens there. Stop it or set MAILPATH_PORT.',
      2,
    );
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
    stop(
      'Mailpath may not listen there. Set MAILPATH_PORT to a port above 1023, or MAILPATH_HOST to an address of this machine.',
      2,
    );
  }
  if (error instanceof ConfigError || error instanceof EmbeddedPostgresError) stop(error.message, 2);
  if (isDatabaseUnavailable(error)) {
    stop(`The database at DATABASE_URL cannot be reached: ${(error as Error).message}`, 1);
  }
  throw error;
}

function stop(line: string, exitCode: number): never {
  process.stderr.write(`${line}\n`);
  process.exit(exitCode);
}
