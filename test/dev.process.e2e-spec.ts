import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Clone, makeClone } from './support/clone.ts';

const TSC = join(import.meta.dirname, '../node_modules/@typescript/native/bin/tsc');
const WAIT = { timeout: 240_000, interval: 50 };
let clone: Clone;

beforeAll(async () => {
  clone = makeClone();
  chmodSync(clone.root, 0o711); // root's Postgres runs as another user
  await promisify(execFile)(process.execPath, [TSC, '-b', 'apps/api'], { cwd: clone.root });
});

afterAll(() => clone.remove());

it('serves again what was saved, a library included, with the database it had, and ends without a trace', async () => {
  const dev = spawn(process.execPath, [join(clone.root, 'tools/dev.mjs')], {
    cwd: clone.root,
    env: { PATH: process.env['PATH'], MAILPATH_HOME: join(clone.root, 'home'), MAILPATH_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  dev.stdout.on('data', (data: Buffer) => (said += data.toString()));
  const postmaster = () =>
    Number(readFileSync(join(clone.root, 'home/pgdata/postmaster.pid'), 'utf8').split('\n')[0]);
  try {
    await vi.waitFor(() => expect(said).toContain('listens on'), WAIT);
    const before = postmaster();
    appendFileSync(
      join(clone.root, 'libs/protocol/src/language.ts'),
      '\nexport const SAVED: boolean = true;\n',
    );
    await vi.waitFor(() => expect(said).toContain('Served again'), WAIT);
    expect(said.split('listens on')).toHaveLength(3);
    expect(postmaster()).toBe(before);
    const built = readFileSync(join(clone.root, 'libs/protocol/dist/language.js'), 'utf8');
    expect(built).toContain('SAVED = true');

    appendFileSync(join(clone.root, 'libs/protocol/src/language.ts'), 'export const WRONG: string = 1;\n');
    await vi.waitFor(() => expect(said).toContain('TS2322'), WAIT);
    expect(said.split('listens on')).toHaveLength(3);
  } finally {
    dev.kill('SIGINT');
    await once(dev, 'exit');
  }
  expect(() => postmaster()).toThrow('ENOENT');
});
