import { loadConfig, readEnvFile } from './platform/config.ts';
import { knownFault } from './app/database/known-fault.ts';
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
  const fault = knownFault(error);
  if (fault !== null) stop(fault, 2);
  throw error;
}

function stop(line: string, exitCode: number): never {
  process.stderr.write(`${line}\n`);
  process.exit(exitCode);
}
