import Module from 'node:module';
import { hand } from './started-by.ts';
import { UpgradeFolder, type Chosen } from './upgrade-folder.ts';
import { readUpgradeSetting } from './upgrade-setting.ts';

/** The folder of `run --state FOLDER`; undefined where the command line names none. */
export function stateIn(args: readonly string[]): string | undefined {
  const at = args.indexOf('--state');
  return at >= 0 ? args[at + 1] : args.find((word) => word.startsWith('--state='))?.slice('--state='.length);
}

/**
 * Runs the build that an upgrade left in the state folder, in this process and from the very bytes that were verified.
 * False where there is none to run: the installed program then goes on by itself.
 */
export function bootUpgraded(stateDir: string, installed: string): boolean {
  const setting = readUpgradeSetting(stateDir);
  if (!setting) return false;
  const folder = new UpgradeFolder(stateDir);
  const chosen = folder.choose(setting.keys, installed);
  if (!chosen) return false;
  const { version, sha256, onTrial } = chosen;
  const build = { version, sha256 };
  const patience = onTrial ? watch(folder, build, setting.proveWithinSeconds) : undefined;
  hand({
    version,
    onTrial,
    prove() {
      clearTimeout(patience);
      return folder.keep(build);
    },
  });
  run(chosen);
  return true;
}

/** Ends a build that does not prove itself in time; the supervisor starts what was there before. */
function watch(folder: UpgradeFolder, build: { version: string; sha256: string }, seconds: number) {
  return setTimeout(() => {
    const reason = `not proved within ${seconds} s`;
    folder.rollBack(build, reason);
    process.stderr.write(`mailpath-agent: version ${build.version} is rolled back: ${reason}\n`);
    process.exit(1);
  }, seconds * 1_000);
}

type Compiled = Module & { _compile(code: string, file: string): void; paths: string[] };

function run({ code, file }: Chosen): void {
  const module = new Module(file) as Compiled;
  module.filename = file;
  // It brings everything along: nothing is looked for around the state folder.
  module.paths = [];
  module._compile(code.toString('utf8').replace(/^#!.*/, ''), file);
}
