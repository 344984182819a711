import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { COMPILED } from './compile-cache.ts';

const ROOT = join(import.meta.dirname, '../..');

/** A program of the API as its own process, with what it has printed so far. */
export interface RunningProcess {
  readonly child: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

/**
 * `program` is below apps/api/dist; the environment holds PATH and what is given. `ipc` opens a channel for messages.
 */
export function startProcess(
  program: string,
  {
    env = {},
    args = [],
    cwd,
    ipc = false,
  }: { env?: Record<string, string>; args?: string[]; cwd: string; ipc?: boolean },
): RunningProcess {
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', join(ROOT, 'apps/api/dist', program), ...args],
    {
      cwd,
      env: { PATH: process.env['PATH'] ?? '', ...COMPILED, ...env },
      stdio: ['ignore', 'pipe', 'pipe', ...(ipc ? (['ipc'] as const) : [])],
    },
  );
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr?.on('data', (data: Buffer) => (stderr += data.toString()));
  // Not 'close', which never comes after a disconnect from this side.
  const ends = [
    once(child, 'exit'),
    once(child.stdout as Readable, 'end'),
    once(child.stderr as Readable, 'end'),
  ];
  const ended = Promise.all(ends).then(([exit]) => (exit?.[0] ?? exit?.[1]) as number | string);
  return { child, stdout: () => stdout, stderr: () => stderr, ended };
}
