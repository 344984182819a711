import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { LogLine } from './log-lines.ts';

const MAIN = path.join(import.meta.dirname, '../main.ts');
/** Half of a start's processor time goes into compiling; what one start compiled serves the next. */
const NODE_COMPILE_CACHE = path.join(import.meta.dirname, '../../../../node_modules/.cache/node-compile');

/** How the program is called here, as its own errors name it. */
export const CALLED_HERE = `node ${path.relative(process.cwd(), MAIN)}`;

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** The agent's program as a real process, straight from source. */
export class AgentProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  stdout = '';
  stderr = '';

  /** `input`: with a pipe to its standard input. */
  constructor(args: readonly string[], env: Record<string, string> = {}, ipc = false, input = false) {
    this.child = spawn(process.execPath, ['--conditions=source', MAIN, ...args], {
      stdio: [input ? 'pipe' : 'ignore', 'pipe', 'pipe', ...(ipc ? (['ipc'] as const) : [])],
      // Nothing of this machine's own settings: what a spec needs, it names.
      env: { HOME: '/nonexistent', NODE_COMPILE_CACHE, ...env },
    });
    const { stdout, stderr } = this.child;
    if (!stdout || !stderr) throw new Error('the process has no pipes');
    stdout.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    stderr.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    // Not the child's own 'close': Node does not emit it after a disconnect() on this side.
    const over = [once(this.child, 'exit'), once(stdout, 'close'), once(stderr, 'close')];
    this.ended = Promise.all(over).then(([[code, signal] = [null, null]]) => ({
      code: code as number | null,
      signal: signal as NodeJS.Signals | null,
      stdout: this.stdout,
      stderr: this.stderr,
    }));
  }

  /** The lines of its log so far. */
  get log(): LogLine[] {
    const whole = this.stdout.slice(0, this.stdout.lastIndexOf('\n') + 1);
    return whole
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as LogLine);
  }

  /** Ends it if it still runs. */
  async kill(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGKILL');
    await this.ended;
  }
}
