import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { COMPILED } from './compile-cache.ts';

const ROOT = join(import.meta.dirname, '../..');
export const LONG = 240_000;

/** A program of apps/local as a process, with a folder of its own in which it works and keeps what it has. */
export class Launched {
  readonly folder = mkdtempSync(join(tmpdir(), 'mailpath-launched-'));
  readonly home = join(this.folder, 'home');
  output = '';
  #child: ChildProcess | undefined;

  constructor() {
    chmodSync(this.folder, 0o711); // root's Postgres runs as another user
  }

  /** `program` is below apps/local/dist. */
  start(program: string, args: string[] = [], env: Record<string, string> = {}): void {
    this.output = '';
    this.#child = spawn(process.execPath, [join(ROOT, 'apps/local/dist', program), ...args], {
      cwd: this.folder,
      env: { PATH: process.env['PATH'], MAILPATH_HOME: this.home, ...COMPILED, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (data: Buffer) => (this.output += data.toString()));
  }

  /** Waits until that was printed. */
  async saw(text: string): Promise<void> {
    await vi.waitFor(
      () => {
        if (!this.output.includes(text)) throw new Error(`not yet "${text}": ${this.output}`);
      },
      { timeout: LONG, interval: 50 },
    );
  }

  kill(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** Exit code and signal, when it has ended. */
  async ended(): Promise<[number | null, NodeJS.Signals | null]> {
    const child = this.#child;
    if (child && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    return [child?.exitCode ?? null, child?.signalCode ?? null];
  }

  /** Processes of this start: they name its folder in their command line or in their environment. */
  left(): string[] {
    return readdirSync('/proc')
      .filter((pid) => /^\d+$/.test(pid) && pid !== String(process.pid))
      .flatMap((pid) => {
        try {
          const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
          const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
          const isOurs = command.includes(this.folder) || environment.includes(this.folder);
          return isOurs ? [`${pid} ${command}`] : [];
        } catch {
          return []; // ended in this moment
        }
      });
  }

  /** Ends it, if it still runs, and removes its folder. */
  async remove(): Promise<void> {
    this.kill('SIGINT');
    await this.ended();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
