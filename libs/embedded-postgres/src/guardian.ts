import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Place } from './place.ts';

/**
 * A small shell that outlives this process by a moment: it is begun with a process number, so that it never runs
 * without one, and reads others from a pipe whose other end only this process holds, so the system closes it whatever
 * ends this process, SIGKILL included. The last number is then told to shut down at once (SIGQUIT: the backends are
 * ended, the next start recovers from the log), and is killed if it has not followed after 7 s. Postgres itself kills
 * backends that do not end within 5 s of SIGQUIT.
 */
const SCRIPT = `
trap '' HUP INT TERM
pid=$1
while read -r line; do pid=$line; done
[ -n "$pid" ] || exit 0
kill -QUIT "$pid" 2>/dev/null || exit 0
for second in 1 2 3 4 5 6 7; do
  sleep 1
  kill -0 "$pid" 2>/dev/null || exit 0
done
kill -KILL "$pid" 2>/dev/null
`;

/** Ends a Postgres when this process is gone, however it went. */
export interface Guardian {
  /** Guards this process and no other; starts the guardian again if it was killed. Null: there is none to guard. */
  guard(pid: number | null): void;
  /** The guarded process has ended by itself: its number may soon belong to another. */
  forget(pid: number): void;
  /** Ends the guardian, and leaves alone what it guarded. Resolves when it has gone. */
  dismiss(): Promise<void>;
}

/**
 * Runs under the account of Postgres, so it may signal that and no other user's processes; `ps` shows its data folder.
 * On Windows there is no guardian: there a child that is not detached ends with its parent (libuv puts it into a job
 * that is ended with its last handle).
 */
export function startGuardian({ account, data }: Place): Guardian {
  let shell: ChildProcess | null = null;
  let guarded: number | null = null;
  let said: number | null = null;
  const isRunning = (): boolean => shell !== null && shell.exitCode === null && shell.signalCode === null;
  const say = (pid: number | null): void => {
    said = pid;
    shell?.stdin?.write(`${pid ?? ''}\n`);
  };
  const begin = (pid: number): void => {
    shell = spawn('/bin/sh', ['-c', SCRIPT, `guardian of ${data}`, String(pid)], {
      ...account,
      cwd: '/',
      env: { PATH: '/usr/bin:/bin' },
      stdio: ['pipe', 'ignore', 'ignore'],
      // A session of its own: neither Ctrl-C nor the end of the terminal or of this process's group reaches it.
      detached: true,
    });
    const begun = shell;
    // It could not be started, or was killed: `guard` starts another, and is called every second.
    const lost = (): void => {
      if (shell === begun) shell = null;
    };
    begun.once('error', lost);
    begun.stdin?.on('error', lost);
    begun.unref();
    (begun.stdin as unknown as { unref(): void }).unref();
    said = pid;
  };
  const guard = (pid: number | null): void => {
    guarded = pid;
    if (process.platform === 'win32') return;
    if (!isRunning()) {
      if (pid === null) return;
      begin(pid);
    }
    if (said !== pid) say(pid);
  };
  return {
    guard,
    forget: (pid) => {
      if (guarded === pid) guard(null);
    },
    async dismiss() {
      guard(null);
      if (!shell || !isRunning()) return;
      shell.ref();
      const gone = once(shell, 'exit');
      shell.stdin?.end();
      await gone;
    },
  };
}
