import { execFileSync, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { EmbeddedPostgresError, errno } from './embedded-postgres-error.ts';

/** The account Postgres runs under; null when it is the one of this process. */
export type Account = { readonly uid: number; readonly gid: number } | null;

/**
 * Postgres refuses to run as root, so root drops to whoever owns the data already, else to the system's `postgres`
 * account, else to `nobody`.
 */
export function chooseAccount(data: string): Account {
  const owner = ownerOf(data);
  if (process.getuid?.() !== 0) {
    if (owner && owner.uid !== process.getuid?.()) {
      throw new EmbeddedPostgresError(
        `The database in ${data} belongs to another user (uid ${owner.uid}). Start Mailpath as that user or as root, or set MAILPATH_HOME to another folder.`,
      );
    }
    return null;
  }
  if (owner && owner.uid !== 0) return owner;
  for (const name of ['postgres', 'nobody']) {
    const account = lookUp(name);
    if (account) return account;
  }
  throw new EmbeddedPostgresError(
    'Postgres cannot run as root, and this system has neither a "postgres" nor a "nobody" user to run it as. Start Mailpath as a normal user, or set DATABASE_URL.',
  );
}

/**
 * Whether the account passes `test <flag> path`, all folders above included. Asked of the system, which also knows of
 * ACLs.
 */
export function may(account: Account, flag: '-r' | '-x', path: string): boolean {
  const asked = spawnSync('/bin/sh', ['-c', 'test "$1" "$2"', 'sh', flag, path], {
    ...account,
    cwd: '/',
    env: {},
    stdio: 'ignore',
  });
  return asked.status === 0;
}

function ownerOf(path: string): NonNullable<Account> | null {
  try {
    const { uid, gid } = statSync(path);
    return { uid, gid };
  } catch (error) {
    if (errno(error) === 'ENOENT') return null; // nothing there yet
    throw error;
  }
}

function lookUp(name: string): Account {
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return null; // no such account here: the caller tries the next name
  }
}
