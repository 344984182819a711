import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '../..');

/** Compiles what is not compiled yet, once for all specs that start programs. */
export default async function setup(): Promise<void> {
  await promisify(execFile)(process.execPath, [join(ROOT, 'node_modules/@typescript/native/bin/tsc'), '-b'], {
    cwd: ROOT,
  });
}
