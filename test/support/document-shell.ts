import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { COMPILED } from './compile-cache.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const NODE = process.execPath;
const AGENT = `"${NODE}" --conditions=source "${ROOT}/apps/agent/src/main.ts"`;

/** Where names of Microsoft lead: an address of this machine at which nothing listens, whatever its internet is. */
const NOWHERE = '127.0.0.77';
export const PINNED = [
  'login.microsoftonline.com',
  'login.microsoft.com',
  'outlook.office365.com',
  'smtp.office365.com',
] as const;
export const PINS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  PINNED.map((name) => [name, [NOWHERE]]),
);

/** Whether a program is there to be typed. */
export const isInstalled = (program: string): boolean =>
  spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

/** Scripts of package.json that documents type; what stands before the last program of a script only builds. */
const SCRIPTS = ['agent', 'user', 'api-key', 'db:migrate'] as const;

/**
 * The shell in which the commands of a document run: bash that stops at the first failure, in an empty folder, with
 * `node`, `npm run NAME` and `mailpath-agent` of this checkout. What a block sets, the later ones have.
 */
export class DocumentShell {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'documents-'));
  readonly #env: Record<string, string>;
  readonly #replaced: readonly (readonly [string, string])[];

  /** `replaced`: addresses that stand in documents, and what stands for them here. */
  constructor(env: Record<string, string>, replaced: readonly (readonly [string, string])[] = []) {
    this.#env = env;
    this.#replaced = replaced;
    const bin = path.join(this.folder, 'bin');
    mkdirSync(bin);
    this.#program('node', `exec "${NODE}" "$@"`);
    this.#program('mailpath-agent', pinned(AGENT));
    this.#program('npm', npm());
    // A plain node with the one file beside it, as somebody has it who took no package.
    writeFileSync(
      path.join(this.#work(), 'mailpath-agent.cjs'),
      `const { execFileSync } = require('node:child_process');
try { execFileSync(${JSON.stringify(path.join(bin, 'mailpath-agent'))}, process.argv.slice(2), { stdio: 'inherit' }); }
catch (error) { process.exitCode = error.status ?? 2; }
`,
    );
  }

  #work(): string {
    const work = path.join(this.folder, 'work');
    mkdirSync(work, { recursive: true });
    return work;
  }

  #program(name: string, line: string): void {
    const file = path.join(this.folder, 'bin', name);
    writeFileSync(file, `#!/bin/sh\n${line}\n`);
    chmodSync(file, 0o755);
  }

  /** What the shell keeps of a variable; empty where it has none. */
  value(name: string): string {
    const kept = path.join(this.folder, 'kept');
    const text = existsSync(kept) ? readFileSync(kept, 'utf8') : '';
    return new RegExp(`^declare -x ${name}="(.*)"$`, 'm').exec(text)?.[1] ?? '';
  }

  /** Runs a block, and answers what it printed; throws with all of that where it fails. */
  async run(text: string): Promise<string> {
    const kept = path.join(this.folder, 'kept');
    const own = this.#replaced.reduce((all, [from, to]) => all.replaceAll(from, to), text);
    const script = [
      'set -eu -o pipefail -a',
      `if [ -f '${kept}' ]; then . '${kept}'; fi`,
      own,
      `export -p > '${kept}'`,
    ].join('\n');
    const child = spawn('bash', ['-c', script], {
      cwd: this.#work(),
      env: {
        PATH: `${path.join(this.folder, 'bin')}:${process.env['PATH']}`,
        HOME: this.folder,
        LANG: 'C.UTF-8',
        ...COMPILED,
        ...this.#env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let printed = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`ended with ${code}:\n${own}\n${printed}`);
    return printed;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** `check` and `enrol` with Microsoft's names led to nowhere: no verdict here depends on the internet. */
function pinned(program: string): string {
  const words = PINNED.map((name) => `--resolve ${name}=${NOWHERE}`).join(' ');
  return `case "$1" in check|enrol) exec ${program} "$@" ${words};; *) exec ${program} "$@";; esac`;
}

/** `npm run [-s] NAME [--] WORDS`, without npm's own start and without building anew. */
function npm(): string {
  const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const cases = SCRIPTS.map((name) => {
    const program = scripts[name]?.split('&&').at(-1)?.trim() ?? '';
    const line = program.replace(/^node /, `"${NODE}" `).replaceAll(' apps/', ` ${ROOT}/apps/`);
    return `${name}) ${name === 'agent' ? pinned(line) : `exec ${line} "$@"`};;`;
  });
  return [
    '[ "$1" = run ] || { echo "npm $1: not run by the spec, mark the block" >&2; exit 3; }',
    'shift; [ "$1" = -s ] && shift; name=$1; shift; [ "${1:-}" = -- ] && shift',
    `case "$name" in ${cases.join(' ')} *) echo "npm run $name: not run by the spec, mark the block" >&2; exit 3;; esac`,
  ].join('\n');
}
