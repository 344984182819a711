import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** What a program under Wine ended with, and what it printed. */
export interface Ended {
  /** Null where it was ended, as it did not end by itself. */
  code: number | null;
  stdout: string;
}

/** So long may one program run: far beyond what the slowest needs, so that it tells a hang and no slow machine. */
const BOUND_MS = 15 * 60_000;

/** A Windows of its own in a temporary folder: Wine's prefix. */
export class Wine {
  readonly prefix = mkdtempSync(path.join(os.tmpdir(), 'mailpath-wine-'));
  readonly #env: NodeJS.ProcessEnv = {
    // oxlint-disable-next-line node/no-process-env
    PATH: process.env['PATH'],
    HOME: this.prefix,
    LANG: 'C.UTF-8',
    WINEPREFIX: this.prefix,
    WINEDEBUG: '-all',
    // No installers of Mono and Gecko, which would come from elsewhere.
    WINEDLLOVERRIDES: 'mscoree,mshtml=',
  };

  static isInstalled(): boolean {
    return spawnSync('wine', ['--version']).status === 0;
  }

  async start(): Promise<void> {
    await this.run('wineboot', '-i');
    // It begins as Windows 7, on which no Node runs.
    await this.run('winecfg', '-v', 'win10');
    // What runs as Windows 7 until then ends first.
    spawnSync('wineserver', ['-w'], { env: this.#env, stdio: 'ignore', timeout: BOUND_MS });
    // Without it Wine shuts down all services a moment after the last other program has ended: while a host waits to
    // start its agent again, there is none.
    spawnSync('wineserver', ['-p'], { env: this.#env, stdio: 'ignore' });
  }

  /** The Linux path of a Windows one, such as `C:\ProgramData`. */
  file(windows: string): string {
    return path.join(this.prefix, 'drive_c', ...windows.replace(/^C:\\/, '').split('\\'));
  }

  /** Runs a program to its end. Output goes to a file: into a pipe, Node cannot write under Wine. */
  async run(...words: string[]): Promise<Ended> {
    const output = path.join(this.prefix, 'output.txt');
    const handle = openSync(output, 'w');
    const child = spawn('wine', words, {
      env: this.#env,
      stdio: ['ignore', handle, 'ignore'],
      timeout: BOUND_MS,
      killSignal: 'SIGKILL',
    });
    const { promise, resolve, reject } = Promise.withResolvers<number | null>();
    child.once('exit', resolve).once('error', reject);
    const code = await promise;
    closeSync(handle);
    return { code, stdout: readFileSync(output, 'utf8') };
  }

  /** The processes of this prefix whose command line names the program, by their Linux ids. */
  processes(program: string): number[] {
    return this.#own().filter((pid) => (read(pid, 'cmdline').split('\0')[0] ?? '').endsWith(program));
  }

  /** Ends all that runs in this prefix, each by its id, and removes it. */
  remove(): void {
    let left = this.#own();
    // What is ended here may have been about to start another.
    for (let look = 0; left.length > 0 && look < 100; look++) {
      for (const pid of left) end(pid);
      spawnSync('sleep', ['0.1']);
      left = this.#own();
    }
    rmSync(this.prefix, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Wine's own server is among them: its environment names the prefix as well. */
  #own(): number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => read(pid, 'environ').includes(`WINEPREFIX=${this.prefix}\0`));
  }
}

function read(pid: number, name: string): string {
  const file = `/proc/${pid}/${name}`;
  try {
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  } catch {
    // It has ended meanwhile.
    return '';
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
