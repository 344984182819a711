import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const LEFT_OUT = new Set(['node_modules', 'dist', '.git', '.mailpath']);

/**
 * A copy of the repository in which nothing was built; what is installed is there by links, but with the workspaces of
 * the copy.
 */
export interface Clone {
  readonly root: string;
  remove(): void;
}

export function makeClone(): Clone {
  const root = mkdtempSync(join(tmpdir(), 'mailpath-clone-'));
  cpSync(ROOT, root, { recursive: true, filter: (path) => !LEFT_OUT.has(basename(path)) });
  const modules = join(root, 'node_modules');
  mkdirSync(join(modules, '@mailpath'), { recursive: true });
  for (const name of readdirSync(join(ROOT, 'node_modules')))
    if (name !== '@mailpath' && name !== '.cache')
      symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  for (const kind of ['apps', 'libs'])
    for (const name of readdirSync(join(ROOT, kind))) {
      symlinkSync(join(root, kind, name), join(modules, '@mailpath', name));
      const own = join(ROOT, kind, name, 'node_modules');
      if (existsSync(own)) symlinkSync(own, join(root, kind, name, 'node_modules'));
    }
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}
