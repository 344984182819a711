import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

it('builds the agent as one file that runs where nothing is installed', async () => {
  // The build itself runs the file from an empty folder: --version, --help, and a check of a loopback target.
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(import.meta.dirname, '../tools/build-agent.mjs'),
  ]);
  expect(stdout).toMatch(/^dist\/mailpath-agent\.cjs: \d+ KiB, runs alone\n$/);
});
