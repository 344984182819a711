import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, expect, it } from 'vitest';
import { executableMain } from '../tools/agent-build/bundle.ts';
import { codeCache, isAccepted } from '../tools/agent-build/code-cache.ts';

it('builds the agent as one file that runs where nothing is installed', async () => {
  // The build itself runs the file from an empty folder: --version, --help, and a check of a loopback target.
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(import.meta.dirname, '../tools/agent-build/main.ts'),
    '--only',
    'bundle',
  ]);
  expect(stdout).toMatch(/^dist\/mailpath-agent\.cjs: \d+ KiB, runs alone\n$/);
});

it('has checksums of all that is handed on, also where a part alone was built anew', async () => {
  const release = join(import.meta.dirname, '../dist/agent');
  const { stdout } = await promisify(execFile)('sha256sum', ['--check', 'checksums.txt'], { cwd: release });
  const checked = stdout.trimEnd().split('\n');
  const built = readdirSync(release).filter((name) => name !== 'checksums.txt');
  expect(checked.toSorted()).toEqual(built.map((name) => `${name}: OK`).toSorted());
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

const folder = mkdtempSync(join(tmpdir(), 'mailpath-executable-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('begins an executable with what answers --version without the bundle', async () => {
  const main = join(folder, 'main.cjs');
  writeFileSync(main, await executableMain('9.8.7'));
  const started = (...args: string[]) => promisify(execFile)(process.execPath, [main, ...args]);
  for (const option of ['--version', '-V']) expect((await started(option)).stdout).toBe('9.8.7\n');
  // Here is no bundle, so whatever else is asked shows that it would be taken.
  for (const args of [[], ['--help'], ['check', '--version'], ['--version', '--json']])
    await expect(started(...args)).rejects.toThrow('ERR_NOT_IN_SINGLE_EXECUTABLE_APPLICATION');
});

it('keeps what V8 made of the bundle: the same bytes in every build, and accepted under flags without their seed', () => {
  const bundle = join(folder, 'bundle.cjs');
  // Names enough that V8 orders some of them by their hashes.
  const names = Array.from(
    { length: 2_000 },
    (_, at) => `exports.name${at} = function () { return ${at}; };`,
  );
  writeFileSync(bundle, `#!/usr/bin/env node\n${names.join('\n')}`);
  const flags = ['--max-semi-space-size=1'];
  const cache = codeCache(bundle, flags);
  const elsewhere = join(mkdtempSync(join(folder, 'elsewhere-')), 'same.cjs');
  copyFileSync(bundle, elsewhere);
  expect(codeCache(elsewhere, flags).equals(cache)).toBe(true);
  expect(isAccepted(bundle, flags, cache)).toBe(true);
  // What it was made under would be refused: it says that no seed was known.
  expect(isAccepted(bundle, [...flags, '--hash-seed=1'], cache)).toBe(false);
});
