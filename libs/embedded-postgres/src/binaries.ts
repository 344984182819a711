import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { may, type Account } from './account.ts';
import { EmbeddedPostgresError, errno } from './embedded-postgres-error.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

/**
 * The packaged programs, ready to run under the account: where they are installed, or as a copy in `folder` when the
 * account cannot read them there or the links their libraries need cannot be made there.
 */
export async function prepareBinaries(folder: string, account: Account): Promise<Binaries> {
  const installed = await findPackage();
  if (makeLinks(installed) && canRun(installed, account)) return programs(installed);
  const { version } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
    version: string;
  };
  const copy = join(folder, `postgres-${version}`);
  if (!existsSync(copy)) {
    const unfinished = `${copy}.new`;
    rmSync(unfinished, { recursive: true, force: true });
    cpSync(installed, unfinished, { recursive: true, verbatimSymlinks: true });
    openToAll(unfinished);
    makeLinks(unfinished);
    renameSync(unfinished, copy);
  }
  if (canRun(copy, account)) return programs(copy);
  throw new EmbeddedPostgresError(
    `The packaged Postgres in ${copy} cannot be run (is the folder mounted noexec?). Set MAILPATH_HOME to another folder, or set DATABASE_URL.`,
  );
}

async function findPackage(): Promise<string> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const { postgres } = (await import(name)) as { postgres: string };
    return dirname(dirname(dirname(postgres)));
  } catch (cause) {
    throw new EmbeddedPostgresError(
      `No packaged Postgres is installed for this machine (${name}). Run npm ci without --omit=optional, or set DATABASE_URL to a Postgres of your own.`,
      { cause },
    );
  }
}

/**
 * npm may be told not to run install scripts, so the library links of the package are made here. False: not possible
 * there.
 */
function makeLinks(root: string): boolean {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return true; // Windows has none
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    try {
      symlinkSync(basename(source), join(root, target));
    } catch (error) {
      if (errno(error) === 'EEXIST') continue; // made by the install script, or by an earlier start
      if (['EACCES', 'EPERM', 'EROFS'].includes(errno(error) ?? '')) return false;
      throw error;
    }
  }
  return true;
}

function canRun(root: string, account: Account): boolean {
  if (process.platform === 'win32') return true;
  const { initdb, postgres } = programs(root);
  const libraries = join(root, 'native', 'lib');
  const library = readdirSync(libraries).find((name) => name.includes('.so') || name.endsWith('.dylib'));
  return (
    may(account, '-x', postgres) &&
    may(account, '-x', initdb) &&
    may(account, '-r', join(root, 'native', 'share')) &&
    (library === undefined || may(account, '-r', join(libraries, library)))
  );
}

/** An installation under umask 077 is readable by its owner alone; the copy is for the account that runs it. */
function openToAll(path: string): void {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return;
  chmodSync(path, stat.isDirectory() || stat.mode & 0o100 ? 0o755 : 0o644);
  if (stat.isDirectory()) for (const entry of readdirSync(path)) openToAll(join(path, entry));
}

function programs(root: string): Binaries {
  const program = (name: string) =>
    join(root, 'native', 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
}
