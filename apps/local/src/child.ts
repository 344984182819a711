import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { childEnvironment } from './config.ts';

/** A part of Mailpath in a process of its own, whose output goes to a log file. */
export interface Child {
  pid: number;
  /** Resolves with the first message the process sends; rejects with the end of its log when it dies first. */
  ready: Promise<unknown>;
  /** Resolves with the exit code, null after a signal, when the process has ended. */
  ended: Promise<number | null>;
  /** Resolves when the process has ended with exit code 0; rejects with the end of its log otherwise. */
  finished: Promise<void>;
  /** Asks it to stop and waits until it has; kills it after `graceMs`. */
  stop(graceMs?: number): Promise<void>;
}

const LOG_TAIL_LINES = 5;

/** A part ended before it had done what it was started for. */
export class PartFailed extends Error {
  override readonly name = 'PartFailed';
  /** The end of its log and its exit code, for whoever will not have the log file any more. */
  readonly lastWords: string;
  constructor(code: number | null, logFile: string, what = '') {
    const lastWords = `${what === '' ? '' : `${what}\n`}${lastLines(logFile)}\n(exit code ${code})`;
    super(`${lastWords}\nThe whole log is ${logFile}.`);
    this.lastWords = lastWords;
  }
}

/**
 * Starts a script of ours in a process group of its own, so that Ctrl-C reaches the launcher alone and it can stop the
 * parts in order. The channel between the two closes when the launcher dies in any way, and a part stops when it does.
 */
export function startChild(
  script: string,
  args: readonly string[],
  logFile: string,
  env: Record<string, string> = {},
): Child {
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(process.execPath, ['--enable-source-maps', script, ...args], {
    detached: true,
    env: childEnvironment(env),
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const finished = ended.then((code) => {
    if (code !== 0) throw new PartFailed(code, logFile);
  });
  const ready = Promise.race([
    once(child, 'message').then(([message]) => message as unknown),
    ended.then((code) => {
      throw new PartFailed(code, logFile);
    }),
  ]);
  // Whoever waits for them hears of it; when the process ends later, nobody waits any more.
  for (const each of [ready, finished]) each.catch(() => undefined);
  const { pid = 0 } = child;
  return { pid, ready, ended, finished, stop: (graceMs = 10_000) => stop(child, ended, graceMs) };
}

async function stop(child: ChildProcess, ended: Promise<unknown>, graceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await ended;
  clearTimeout(timer);
}

function lastLines(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-LOG_TAIL_LINES).join('\n');
}
