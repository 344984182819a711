import { readFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SUPERUSER } from './cluster.ts';
import { EmbeddedPostgresError, errno } from './embedded-postgres-error.ts';

/** A Postgres that runs on a data directory, as its `postmaster.pid` names it. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** Waits until it has ended and the system has forgotten it; only for one that this process started. */
  readonly collect?: () => Promise<unknown>;
}

/**
 * The Postgres that holds the data directory and answers, or null when none does. One that is still starting or still
 * ending is waited for. A `postmaster.pid` whose process is gone is stale: Postgres itself replaces it.
 */
export async function findPostmaster(data: string, waitMs = 60_000): Promise<Postmaster | null> {
  const until = performance.now() + waitMs;
  for (;;) {
    const found = readPidFile(data);
    if (!found || !isAlive(found.pid) || !isPostgresOf(found.pid, data)) return null;
    if (await isReady(found.port)) return found;
    if (performance.now() > until) {
      throw new EmbeddedPostgresError(
        `Process ${found.pid} holds the database in ${data} but does not answer. Stop that process and start again.`,
      );
    }
    await delay(50);
  }
}

/** Whether the process runs. One that has ended but was not yet collected by its parent does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return errno(error) === 'EPERM'; // it is there, and somebody else's
  }
  return process.platform !== 'linux' || !isZombie(pid);
}

/**
 * In a container an orphan's new parent may never collect it, and then it answers to signals for ever (proc(5), stat).
 */
function isZombie(pid: number): boolean {
  try {
    return /^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch (error) {
    return ['ENOENT', 'ESRCH'].includes(errno(error) ?? ''); // collected in this moment; or hidden, and then alive
  }
}

/** Whether a Postgres on that port takes log-ins now: it answers a start-up message with a request to authenticate. */
export function isReady(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(startupMessage()));
    const done = (ready: boolean) => {
      socket.destroy();
      resolve(ready);
    };
    // 'R' asks for the password; 'E' is the refusal of a server that is starting or ending.
    socket.once('data', (answer: Buffer) => done(answer[0] === 0x52));
    socket.once('error', () => done(false));
    socket.once('close', () => done(false));
    socket.setTimeout(2_000, () => done(false));
  });
}

/** Protocol 3.0 (PostgreSQL documentation, "Message Formats", StartupMessage). */
function startupMessage(): Buffer {
  const parameters = Buffer.from(`user\0${SUPERUSER}\0database\0postgres\0\0`);
  const head = Buffer.alloc(8);
  head.writeInt32BE(8 + parameters.length, 0);
  head.writeInt32BE(196_608, 4);
  return Buffer.concat([head, parameters]);
}

function readPidFile(data: string): Postmaster | null {
  let text: string;
  try {
    text = readFileSync(join(data, 'postmaster.pid'), 'utf8');
  } catch (error) {
    if (errno(error) === 'ENOENT') return null; // ended cleanly
    throw error;
  }
  const [pid = 0, , , port = 0] = text.split('\n').map(Number);
  return pid > 0 && port > 0 ? { pid, port } : null;
}

/**
 * Process numbers are used again: where the system tells, the process must have been started on this data directory.
 */
function isPostgresOf(pid: number, data: string): boolean {
  if (process.platform !== 'linux') return true;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(data);
  } catch (error) {
    // Gone in this moment (ENOENT, ESRCH), or hidden from us: then its port decides.
    return !['ENOENT', 'ESRCH'].includes(errno(error) ?? '');
  }
}
