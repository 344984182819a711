import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chooseAccount, may, type Account } from './account.ts';
import { EmbeddedPostgresError, errno } from './embedded-postgres-error.ts';

/**
 * Where one home keeps its database: the home itself, or a folder of its own where the account cannot reach the home.
 */
export interface Place {
  readonly folder: string;
  readonly data: string;
  readonly account: Account;
}

/** Root's clone often lies below a 0700 folder, where the account that Postgres must run under cannot go. */
const ELSEWHERE = '/var/lib/mailpath';

/** Makes the home if need be; a folder that this makes may be walked through by others, but not listed. */
export function makeHome(home: string): void {
  try {
    if (mkdirSync(home, { recursive: true })) chmodSync(home, 0o711);
  } catch (error) {
    const code = errno(error) ?? '';
    if (!['EACCES', 'EPERM', 'EROFS', 'EEXIST', 'ENOTDIR'].includes(code)) throw error;
    throw unwritable(home, code, error);
  }
}

/** The sentence for a data folder that cannot be used, whichever step met it first. */
export function unwritable(home: string, code: string, cause: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The data folder ${home} cannot be written (${code}). Set MAILPATH_HOME to a folder that this user may write, or set DATABASE_URL.`,
    { cause },
  );
}

/** Finds the place of this home's database, or chooses it. The home must exist and be locked. */
export function findPlace(home: string): Place {
  const inside = placeIn(home);
  const note = join(home, 'database-location');
  if (existsSync(note)) return placeIn(readFileSync(note, 'utf8').trim());
  if (inside.account === null || may(inside.account, '-x', home)) return inside;
  if (existsSync(inside.data)) {
    // An empty database elsewhere would look like lost history.
    throw new EmbeddedPostgresError(
      `The database in ${inside.data} cannot be reached by the user it runs as (uid ${inside.account.uid}). Let that user pass through the folders above it (chmod o+x), or set MAILPATH_HOME to another folder.`,
    );
  }
  // Random as well: who deletes the home begins anew, and does not get the old database back.
  const hash = createHash('sha256').update(home).digest('hex').slice(0, 8);
  const folder = join(ELSEWHERE, `${hash}-${randomBytes(3).toString('hex')}`);
  mkdirSync(folder, { recursive: true });
  for (const made of [ELSEWHERE, folder]) chmodSync(made, 0o711);
  if (!may(inside.account, '-x', folder)) {
    throw new EmbeddedPostgresError(
      `Neither ${home} nor ${folder} can be reached by the user that Postgres runs as (uid ${inside.account.uid}). Set MAILPATH_HOME to a folder that it can reach, or set DATABASE_URL.`,
    );
  }
  writeFileSync(`${note}.new`, `${folder}\n`);
  renameSync(`${note}.new`, note);
  return placeIn(folder);
}

function placeIn(folder: string): Place {
  const data = join(folder, 'pgdata');
  return { folder, data, account: chooseAccount(data) };
}
