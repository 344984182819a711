import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** What a program under Wine ended with, and what it printed. */
export interface Ended {
  code: number | null;
  stdout: string;
}

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
  }

  /** The Linux path of a Windows one, such as `C:\ProgramData`. */
  file(windows: string): string {
    return path.join(this.prefix, 'drive_c', ...windows.replace(/^C:\\/, '').split('\\'));
  }

  /** Runs a program to its end. Output goes to a file: into a pipe, Node cannot write under Wine. */
  async run(...words: string[]): Promise<Ended> {
    const output = path.join(this.prefix, 'output.txt');
    const handle = openSync(output, 'w');
    const child = spawn('wine', words, { env: this.#env, stdio: ['ignore', handle, 'ignore'] });
    const { promise, resolve, reject } = Promise.withResolvers<number | null>();
    child.once('exit', resolve).once('error', reject);
    const code = await promise;
    closeSync(handle);
    return { code, stdout: readFileSync(output, 'utf8') };
  }

  /** The processes of this prefix whose command line names the program, by their Linux ids. */
  processes(program: string): number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => {
        const read = (name: string): string => {
          const file = `/proc/${pid}/${name}`;
          try {
            return existsSync(file) ? readFileSync(file, 'utf8') : '';
          } catch {
            // It has ended meanwhile.
            return '';
          }
        };
        const [own = ''] = read('cmdline').split('\0');
        return own.endsWith(program) && read('environ').includes(`WINEPREFIX=${this.prefix}\0`);
      });
  }

  /** Ends all that runs in this prefix, and removes it. */
  remove(): void {
    spawnSync('wineserver', ['-k'], { env: this.#env });
    rmSync(this.prefix, { recursive: true, force: true });
  }
}
