import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

it('builds the agent as one file that runs where nothing is installed', async () => {
  // The build itself runs the file from an empty folder: --version, --help, and a check of a loopback target.
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(import.meta.dirname, '../tools/agent-build/main.ts'),
    '--only',
    'bundle',
  ]);
  expect(stdout).toMatch(/^dist\/mailpath-agent\.cjs: \d+ KiB, runs alone\n$/);
});

it('hands on the licence of every package in that file', async () => {
  const root = join(import.meta.dirname, '..');
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['apps/agent/src/main.ts'],
    outfile: 'not-written.cjs',
    write: false,
    bundle: true,
    platform: 'node',
    conditions: ['source'],
    metafile: true,
  });
  const folders = new Set(
    Object.keys(metafile.inputs).flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? []),
  );
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(root, 'dist/mailpath-agent.cjs'), '--licenses'],
    { maxBuffer: 2 ** 24 },
  );
  const parts = stdout.split(`\n${'-'.repeat(80)}\n`).slice(1);
  expect(folders.size).toBeGreaterThan(40);
  expect(parts).toHaveLength(folders.size);
  for (const folder of folders) {
    const { name, version } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
      name: string;
      version: string;
    };
    const part = parts.find((text) => text.trimStart().startsWith(`${name} ${version} (`));
    expect(part).toMatch(/copyright|without warranty|public domain/i);
  }
});
