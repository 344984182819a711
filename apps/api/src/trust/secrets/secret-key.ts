import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { type ApiConfig, ConfigError } from '../../platform/config.ts';
import { KEY_BYTES } from './secret-box.ts';

/** The name of the file below MAILPATH_HOME. */
export const KEY_FILE = 'secret-key';

/**
 * The key of the box: MAILPATH_SECRET_KEY, or the file of the home folder, which is made when it is not there. Throws
 * ConfigError.
 */
export function secretKey(config: Pick<ApiConfig, 'MAILPATH_HOME' | 'MAILPATH_SECRET_KEY'>): Buffer {
  if (config.MAILPATH_SECRET_KEY) return config.MAILPATH_SECRET_KEY;
  const home = resolve(config.MAILPATH_HOME);
  const path = join(home, KEY_FILE);
  return read(path) ?? make(home, path);
}

function read(path: string): Buffer | null {
  let text: string;
  try {
    const { mode } = statSync(path);
    // On Windows the mode says nothing of who may read.
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw new ConfigError(
        `The key file ${path} may be read by others (mode ${(mode & 0o777).toString(8)}). Take that right away (chmod 600 ${path}); if others can have read it, sign in to the mailboxes anew.`,
      );
    text = readFileSync(path, 'utf8').trim();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    if (cause instanceof ConfigError) throw cause;
    throw unusable(path, 'read', cause);
  }
  const key = Buffer.from(text, 'base64url');
  if (key.length !== KEY_BYTES)
    throw new ConfigError(
      `The key file ${path} does not hold a key of ${KEY_BYTES} bytes. Put back the file as it was; without it, what was sealed is lost: remove the file, start again, and sign in to the mailboxes anew.`,
    );
  return key;
}

/**
 * Written whole under another name first, and then linked: of several instances that start at once, one makes the key.
 */
function make(home: string, path: string): Buffer {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    mkdirSync(home, { recursive: true });
    const file = openSync(draft, 'wx', 0o600);
    try {
      writeSync(file, `${randomBytes(KEY_BYTES).toString('base64url')}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    try {
      linkSync(draft, path);
    } catch (error) {
      // Another instance was faster: its key counts.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      unlinkSync(draft);
    }
    syncFolder(home);
  } catch (cause) {
    throw unusable(path, 'made', cause);
  }
  const key = read(path);
  if (!key) throw new ConfigError(`The key file ${path} has gone while Mailpath started. Start it again.`);
  return key;
}

/** The name in the folder must survive a power cut as well. */
function syncFolder(home: string): void {
  // Windows opens no folders, and needs no such step.
  if (process.platform === 'win32') return;
  const folder = openSync(home, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

const unusable = (path: string, verb: string, cause: unknown): ConfigError =>
  new ConfigError(
    `The key file ${path} cannot be ${verb} (${(cause as NodeJS.ErrnoException).code ?? 'unknown'}). Set MAILPATH_HOME to a folder that this user may write, or set MAILPATH_SECRET_KEY.`,
    { cause },
  );
