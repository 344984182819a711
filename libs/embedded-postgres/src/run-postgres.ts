import { execFile, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Binaries } from './binaries.ts';
import { ENVIRONMENT } from './cluster.ts';
import { EmbeddedPostgresError, errno } from './embedded-postgres-error.ts';
import type { Guardian } from './guardian.ts';
import type { Place } from './place.ts';
import { isAlive, isReady, type Postmaster } from './postmaster.ts';

const run = promisify(execFile);
const LOG_MAX_BYTES = 5_000_000;
/** Crash recovery of a large database takes its time; a process that is alive is given it. */
const READY_MS = 300_000;
const FAST_STOP_MS = 30_000;
/**
 * Becomes the program after it when a line arrives, and ends without one: when this process is killed before the
 * guardian knows the number, no Postgres has begun.
 */
const WAIT = ['/bin/sh', '-c', 'read -r go && exec "$@" </dev/null', 'sh'] as const;

/**
 * Starts Postgres on the place's data, on a free port of the loopback address or on the one given, and waits until it
 * takes log-ins. From its first moment it is guarded.
 */
export async function launch(
  place: Place,
  binaries: Binaries,
  guardian: Guardian,
  flags: readonly string[],
  fixedPort?: number,
): Promise<Postmaster> {
  for (let attempt = 1; ; attempt += 1) {
    const port = fixedPort ?? (await freePort());
    const started = await launchOn(port, place, binaries, guardian, flags);
    if (typeof started !== 'string') return started;
    // Between asking for a free port and using it, another program may have taken it.
    if (!fixedPort && attempt < 3 && /could not bind|Address already in use/.test(started)) continue;
    throw new EmbeddedPostgresError(`Postgres did not start on ${place.data}: ${started}`);
  }
}

/** The running Postgres, or the last lines of its log when it ended instead. */
async function launchOn(
  port: number,
  place: Place,
  binaries: Binaries,
  guardian: Guardian,
  flags: readonly string[],
): Promise<Postmaster | string> {
  const log = join(place.folder, 'postgres.log');
  if (existsSync(log) && statSync(log).size > LOG_MAX_BYTES) renameSync(log, `${log}.1`);
  const output = openSync(log, 'a', 0o600);
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'jit=off'];
  const words = [
    '-D',
    place.data,
    '-p',
    String(port),
    ...settings.flatMap((setting) => ['-c', setting]),
    ...flags,
  ];
  const isWindows = process.platform === 'win32';
  const [program, ...args] = isWindows
    ? [binaries.postgres, ...words]
    : [...WAIT, binaries.postgres, ...words];
  const child = spawn(program as string, args, {
    ...place.account,
    cwd: place.folder,
    env: ENVIRONMENT,
    stdio: ['pipe', output, output],
    // A process group of its own: Ctrl-C in a terminal must not reach the database before the API has closed.
    // On Windows it would also take it out of the job that ends it with its parent.
    detached: !isWindows,
  });
  closeSync(output);
  guardian.guard(child.pid ?? null);
  const ended = new Promise<'ended'>((resolve, reject) => {
    child.once('exit', () => resolve('ended'));
    child.once('error', reject);
  });
  child.once('exit', () => child.pid !== undefined && guardian.forget(child.pid));
  child.stdin?.on('error', () => undefined); // it has ended already, which `ended` tells
  child.stdin?.end('go\n');
  const until = performance.now() + READY_MS;
  while ((await Promise.race([ended, delay(20)])) !== 'ended') {
    if (await isReady(port)) {
      child.unref(); // it does not keep this process alive, except while its end is waited for
      const collect = () => {
        child.ref();
        return ended;
      };
      return { pid: child.pid as number, port, collect };
    }
    if (performance.now() > until) {
      child.kill('SIGQUIT');
      await ended;
    }
  }
  return readFileSync(log, 'utf8').trim().split('\n').slice(-5).join(' ');
}

/** Ends Postgres in order (open transactions are rolled back) and waits until its process is gone. */
export async function terminate(postmaster: Postmaster, place: Place, binaries: Binaries): Promise<void> {
  if (process.platform === 'win32') {
    await run(binaries.pgCtl, ['stop', '-D', place.data, '-m', 'fast', '-w']);
    return;
  }
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    try {
      process.kill(postmaster.pid, signal);
    } catch (error) {
      if (errno(error) === 'ESRCH') return; // already gone
      throw error;
    }
    if (await isGone(postmaster)) return;
  }
  throw new EmbeddedPostgresError(`Postgres (process ${postmaster.pid}) does not stop.`);
}

async function isGone({ pid, collect }: Postmaster): Promise<boolean> {
  const until = performance.now() + FAST_STOP_MS;
  while (isAlive(pid)) {
    if (performance.now() > until) return false;
    await delay(10);
  }
  await collect?.();
  return true;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
