import { execFile } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Clone, makeClone } from './support/clone.ts';

const NEST = join(import.meta.dirname, '../node_modules/@nestjs/cli/bin/nest.js');
let clone: Clone;

const nest = (...words: string[]) =>
  promisify(execFile)(process.execPath, [NEST, ...words], { cwd: clone.root });

beforeAll(() => {
  clone = makeClone();
});

afterAll(() => clone.remove());

it('builds the API by "nest build api" in a clone in which nothing was built, and again when all is built', async () => {
  const main = join(clone.root, 'apps/api/dist/main.js');
  expect(existsSync(join(clone.root, 'libs/protocol/dist'))).toBe(false);
  const { stdout } = await nest('build', 'api');
  expect(stdout.trim()).toBe('The libraries are not built yet: "tsc -b" builds them and the project.');
  expect(existsSync(main)).toBe(true);

  rmSync(join(clone.root, 'apps/api/dist'), { recursive: true });
  expect((await nest('build', 'api')).stdout).toBe('');
  expect(existsSync(main)).toBe(true);
});
