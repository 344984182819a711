import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** Resident memory of a process (proc(5)). */
export function memoryMiB(pid: number): number {
  const [, kib = '0'] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) / 1024;
}

/** The built API with a database of its own, for as long as the work takes. */
export async function withApi<T>(
  work: (url: string, pid: number) => Promise<T>,
  env: Readonly<Record<string, string>> = {},
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'mailpath-fault-'));
  chmodSync(folder, 0o711); // root's Postgres runs as another user
  const child = spawn(process.execPath, [join(ROOT, 'apps/api/dist/main.js')], {
    cwd: folder,
    env: { PATH: process.env['PATH'], MAILPATH_HOME: join(folder, 'home'), MAILPATH_PORT: '0', ...env },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const ended = once(child, 'exit');
  try {
    const listening = once(child, 'message') as Promise<[{ url: string }]>;
    const first = await Promise.race([
      listening,
      ended.then(() => {
        throw new Error('the API ended before it listened');
      }),
    ]);
    return await work(first[0].url, child.pid ?? 0);
  } finally {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}
