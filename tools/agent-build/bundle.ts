import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { noticesOf, packagesIn, type BundledPackage } from '../notices.mjs';
import { AGENT_VERSION, BUNDLE, ROOT } from './places.ts';

/** zod brings its messages in some fifty languages, and the agent shows none but the English ones. */
const englishZod: Plugin = {
  name: 'zod-in-english',
  setup(builder) {
    builder.onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
      loader: 'js',
    }));
  },
};

// CommonJS runs as it is; an ESM bundle needs a createRequire banner for commander.
const options: BuildOptions = {
  absWorkingDir: ROOT,
  entryPoints: ['apps/agent/src/main.ts'],
  outfile: BUNDLE,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  conditions: ['source'],
  minify: true,
  keepNames: true,
  // What `--licenses` prints holds all of them, and the texts that most files only refer to.
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [englishZod],
};

/** The agent as one file that needs Node 24 and nothing else; tells what is built in, and the notices for it. */
export async function bundle(): Promise<{ packages: BundledPackage[]; notices: string }> {
  // Twice: only what was bundled tells whose licences have to go along.
  const { metafile } = await build({ ...options, metafile: true, write: false });
  const packages = packagesIn(metafile, ROOT);
  const notices = noticesOf(packages, ROOT);
  await build({ ...options, define: { MAILPATH_NOTICES: JSON.stringify(notices) } });
  return { packages, notices };
}

const asVersion = (version: string): Plugin => ({
  name: 'version',
  setup(builder) {
    builder.onLoad({ filter: /agent[\\/]src[\\/]version\.ts$/ }, () => ({
      contents: `export const AGENT_VERSION = '${version}';`,
    }));
  },
});

/** The agent as another version, for tests of upgrades: without notices, and otherwise as it is handed on. */
export const bundleOfVersion = (version: string): Promise<string> =>
  bundled({ ...options, plugins: [englishZod, asVersion(version)] });

/** What an executable of that version begins with. */
export const executableMain = (version: string): Promise<string> =>
  bundled({
    ...options,
    entryPoints: ['apps/agent/src/executable.ts'],
    keepNames: false,
    plugins: [asVersion(version)],
  });

async function bundled(how: BuildOptions): Promise<string> {
  const { outputFiles } = await build({ ...how, write: false });
  return outputFiles?.[0]?.text ?? '';
}

/** Runs it from an empty folder, where nothing is installed. */
export async function proveBundle(packages: readonly BundledPackage[]): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mailpath-build-'));
  const talker = net.createServer((socket) => {
    // A connect that only times the path is cut off by the agent at once.
    socket.on('error', () => socket.destroy());
    socket.end('this is no mail server\r\n');
  });
  try {
    copyFileSync(BUNDLE, path.join(folder, 'mailpath-agent.cjs'));
    const run = (...args: string[]): string =>
      execFileSync(process.execPath, ['mailpath-agent.cjs', ...args], { cwd: folder, encoding: 'utf8' });
    expect('--version', run('--version').trim() === AGENT_VERSION);
    const printed = run('--licenses');
    for (const { name, version } of packages)
      expect(`--licenses names ${name}`, printed.includes(`\n${name} ${version} (`));
    expect('check --help', run('check', '--help').includes('--deadline'));
    talker.listen(0, '127.0.0.1');
    await once(talker, 'listening');
    const target = `smtp=127.0.0.1:${(talker.address() as AddressInfo).port}`;
    const args = ['mailpath-agent.cjs', 'check', '--json', '--only', 'smtp', '--target', target];
    const check = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
    let stdout = '';
    check.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    const [code] = (await once(check, 'close')) as [number];
    const report = JSON.parse(stdout) as { results: { failure?: { phase: string } }[] };
    expect('check against a loopback target', code === 1 && report.results[0]?.failure?.phase === 'greet');
    expect('nothing left in the folder', readdirSync(folder).length === 1);
  } finally {
    talker.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function expect(what: string, held: boolean): void {
  if (!held) throw new Error(`the built agent failed: ${what}`);
}
