import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Binaries } from './binaries.ts';
import { EmbeddedPostgresError, errno } from './embedded-postgres-error.ts';
import type { Place } from './place.ts';

const run = promisify(execFile);
const UNFINISHED = 'pgdata.new-';

/** The database's superuser; loopback and the password in the 0600 file are its only way in. */
export const SUPERUSER = 'mailpath';
/** Nothing of the caller's environment reaches Postgres: not its locale, not its PG* variables. */
export const ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC' };

/**
 * Makes the data directory unless it is there. It appears under its name only when complete, so a killed start leaves
 * none behind.
 */
export async function ensureCluster(place: Place, binaries: Binaries): Promise<void> {
  for (const name of readdirSync(place.folder)) {
    if (name.startsWith(UNFINISHED)) rmSync(join(place.folder, name), { recursive: true, force: true });
  }
  if (existsSync(place.data)) return;

  const suffix = randomBytes(4).toString('hex');
  const unfinished = join(place.folder, `${UNFINISHED}${suffix}`);
  const handOver = join(place.folder, `${UNFINISHED}password-${suffix}`);
  const password = randomBytes(24).toString('base64url');
  mkdirSync(unfinished, { mode: 0o700 });
  for (const file of [passwordFile(place), handOver]) {
    rmSync(file, { force: true }); // one left from before keeps its old mode when written over
    writeFileSync(file, password, { mode: 0o600 });
  }
  if (place.account) {
    for (const path of [unfinished, handOver]) chownSync(path, place.account.uid, place.account.gid);
  }
  const options = ['-U', SUPERUSER, '-A', 'scram-sha-256', `--pwfile=${handOver}`, '--encoding=UTF8'];
  // Without these the locale of the system decides, and a missing LANG would make an SQL_ASCII database.
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  try {
    await run(binaries.initdb, ['-D', unfinished, ...options, ...locale], {
      ...place.account,
      cwd: place.folder,
      env: ENVIRONMENT,
    });
    renameSync(unfinished, place.data);
  } catch (cause) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new EmbeddedPostgresError(
      `The database in ${place.folder} could not be created: ${lastLines(cause)}`,
      {
        cause,
      },
    );
  } finally {
    rmSync(handOver, { force: true });
  }
}

/** The address of this place's database once it listens on `port`. */
export function databaseUrl(place: Place, port: number): string {
  let password: string;
  try {
    password = readFileSync(passwordFile(place), 'utf8').trim();
  } catch (cause) {
    throw new EmbeddedPostgresError(
      `The password file ${passwordFile(place)} cannot be read (${errno(cause) ?? 'unknown'}). Put it back, or set MAILPATH_HOME to another folder.`,
      { cause },
    );
  }
  return `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`;
}

const passwordFile = (place: Place): string => join(place.folder, 'pg-password');

function lastLines(cause: unknown): string {
  const text = (cause as { stderr?: string }).stderr || (cause instanceof Error ? cause.message : '');
  return text.trim().split('\n').slice(-3).join(' ');
}
