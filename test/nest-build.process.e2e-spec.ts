import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '..');
const LEFT_OUT = new Set(['node_modules', 'dist', '.git', '.mailpath']);
let clone: string;

/** What is installed, by links, but with the workspaces of the copy. */
function install(): void {
  const modules = join(clone, 'node_modules');
  mkdirSync(join(modules, '@mailpath'), { recursive: true });
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (name !== '@mailpath' && name !== '.cache')
      symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  }
  for (const kind of ['apps', 'libs'])
    for (const name of readdirSync(join(ROOT, kind))) {
      symlinkSync(join(clone, kind, name), join(modules, '@mailpath', name));
      const own = join(ROOT, kind, name, 'node_modules');
      if (existsSync(own)) symlinkSync(own, join(clone, kind, name, 'node_modules'));
    }
}

const nest = (...words: string[]) =>
  run(process.execPath, [join(ROOT, 'node_modules/@nestjs/cli/bin/nest.js'), ...words], { cwd: clone });

beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'mailpath-clone-'));
  cpSync(ROOT, clone, { recursive: true, filter: (path) => !LEFT_OUT.has(basename(path)) });
  install();
});

afterAll(() => rmSync(clone, { recursive: true, force: true }));

it('builds the API by "nest build api" in a clone in which nothing was built, and again when all is built', async () => {
  const main = join(clone, 'apps/api/dist/main.js');
  expect(existsSync(join(clone, 'libs/protocol/dist'))).toBe(false);
  const { stdout } = await nest('build', 'api');
  expect(stdout.trim()).toBe('The libraries are not built yet: "tsc -b" builds them and everything else.');
  expect(existsSync(main)).toBe(true);

  rmSync(join(clone, 'apps/api/dist'), { recursive: true });
  expect((await nest('build', 'api')).stdout).toBe('');
  expect(existsSync(main)).toBe(true);
});
