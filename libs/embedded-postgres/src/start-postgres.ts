import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { prepareBinaries } from './binaries.ts';
import { databaseUrl, ensureCluster } from './cluster.ts';
import { errno } from './embedded-postgres-error.ts';
import { type Guardian, startGuardian } from './guardian.ts';
import { lockHome, tryLockHome, type HomeLock } from './home-lock.ts';
import { findPlace, makeHome, unwritable } from './place.ts';
import { findPostmaster } from './postmaster.ts';
import { keepRunning } from './keep-running.ts';
import { launch, terminate } from './run-postgres.ts';

/** A Postgres that takes log-ins at `url`. */
export interface RunningPostgres {
  /** With user and password; the host is 127.0.0.1. */
  readonly url: string;
  /** True when it is lent by the process that owns it. */
  readonly borrowed: boolean;
  /** Ends it and waits until its process is gone; for a lent one only gives it back. A second call does nothing. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /** Arguments for a Postgres that is started here, such as `-c fsync=off`. */
  readonly flags?: readonly string[];
  /** The port it must listen on; a free one unless told. */
  readonly port?: number;
  /** Gets one sentence whenever Postgres has ended by itself or cannot be started again. */
  readonly told?: (event: string) => void;
}

/** How long a start waits for the folder's holder, which may be about to end. */
const HOLDER_MS = 5_000;

/**
 * Starts the packaged Postgres with its data in `home` (made if missing), for this process alone until stopped. It ends
 * with this process, however that ends, within 10 s; one that is still there from before is ended first. While this
 * process runs, a Postgres that ends by itself is started again on the same port. Throws EmbeddedPostgresError when the
 * folder is in use or unusable.
 */
export async function startPostgres(home: string, options: StartOptions = {}): Promise<RunningPostgres> {
  const folder = resolve(home);
  makeHome(folder);
  const lock = await usable(folder, () => lockHome(folder, HOLDER_MS));
  return startLocked(folder, lock, options);
}

/**
 * For a short command beside a Mailpath that may be running: uses the Postgres which runs on `home`, and starts one for
 * the time being where none does.
 */
export async function borrowPostgres(home: string): Promise<RunningPostgres> {
  const folder = resolve(home);
  makeHome(folder);
  const lock = await usable(folder, async () => tryLockHome(folder));
  if (lock) return startLocked(folder, lock, {});
  const place = findPlace(folder);
  const running = existsSync(place.data) ? await findPostmaster(place.data) : null;
  // The holder has only just begun, or is ending: wait for the folder as any other start does.
  if (!running) return startPostgres(home);
  return { url: databaseUrl(place, running.port), borrowed: true, stop: async () => undefined };
}

async function startLocked(
  folder: string,
  lock: HomeLock,
  { flags = [], port, told = () => undefined }: StartOptions,
): Promise<RunningPostgres> {
  let guardian: Guardian | undefined;
  try {
    const place = findPlace(folder);
    const guarding = (guardian = startGuardian(place));
    const binaries = await prepareBinaries(place.folder, place.account);
    const left = existsSync(place.data) ? await findPostmaster(place.data) : null;
    // Its guardian was killed as well, or has not come to it yet. It is not this process's child, and was started for
    // another.
    if (left) await terminate(left, place, binaries);
    await ensureCluster(place, binaries);
    const postmaster = await launch(place, binaries, guarding, flags, port);
    const again = () => launch(place, binaries, guarding, flags, postmaster.port);
    const kept = keepRunning(postmaster, again, guarding, told);
    let stopping: Promise<void> | undefined;
    const end = async (): Promise<void> => {
      try {
        await terminate(await kept.release(), place, binaries);
      } finally {
        await guarding.dismiss();
        lock.release();
      }
    };
    const stop = () => (stopping ??= end());
    return { url: databaseUrl(place, postmaster.port), borrowed: false, stop };
  } catch (error) {
    await guardian?.dismiss();
    lock.release();
    throw error;
  }
}

/** The lock is the first thing written into the folder, so it is what meets a folder that cannot be written. */
async function usable<T>(folder: string, take: () => Promise<T>): Promise<T> {
  try {
    return await take();
  } catch (error) {
    const code = errno(error);
    if (code === 'ERR_SQLITE_ERROR' || code === 'EACCES' || code === 'EROFS') {
      throw unwritable(folder, code === 'ERR_SQLITE_ERROR' ? (error as Error).message : code, error);
    }
    throw error;
  }
}
