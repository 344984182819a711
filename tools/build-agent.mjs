// node tools/build-agent.mjs: the agent as one file, dist/mailpath-agent.cjs, that needs Node 24 and nothing else.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { noticesOf, packagesIn } from './notices.mjs';

const root = path.join(import.meta.dirname, '..');
const outfile = path.join(root, 'dist/mailpath-agent.cjs');

// CommonJS runs as it is; an ESM bundle needs a createRequire banner for commander.
const options = {
  absWorkingDir: root,
  entryPoints: ['apps/agent/src/main.ts'],
  outfile,
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
};
// Twice: only what was bundled tells whose licences have to go along.
const { metafile } = await build({ ...options, metafile: true, write: false });
const packages = packagesIn(metafile, root);
const define = { MAILPATH_NOTICES: JSON.stringify(noticesOf(packages, root)) };
await build({ ...options, define });
await prove();
console.log(`${path.relative(root, outfile)}: ${Math.round(statSync(outfile).size / 1024)} KiB, runs alone`);

/** Runs it from an empty folder, where nothing is installed. */
async function prove() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mailpath-build-'));
  const talker = net.createServer((socket) => {
    // A connect that only times the way is cut off by the agent at once.
    socket.on('error', () => socket.destroy());
    socket.end('this is no mail server\r\n');
  });
  try {
    copyFileSync(outfile, path.join(folder, 'mailpath-agent.cjs'));
    const { version } = JSON.parse(readFileSync(path.join(root, 'apps/agent/package.json'), 'utf8'));
    const run = (...args) =>
      execFileSync(process.execPath, ['mailpath-agent.cjs', ...args], { cwd: folder, encoding: 'utf8' });
    expect('--version', run('--version').trim() === version);
    const notices = run('--licenses');
    for (const { name, version } of packages)
      expect(`--licenses names ${name}`, notices.includes(`\n${name} ${version} (`));
    expect('check --help', run('check', '--help').includes('--deadline'));

    talker.listen(0, '127.0.0.1');
    await once(talker, 'listening');
    const target = `smtp=127.0.0.1:${talker.address().port}`;
    const args = ['mailpath-agent.cjs', 'check', '--json', '--only', 'smtp', '--target', target];
    const check = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
    let stdout = '';
    check.stdout.on('data', (chunk) => (stdout += chunk));
    const [code] = await once(check, 'close');
    const [result] = JSON.parse(stdout).results;
    expect('check against a loopback target', code === 1 && result.failure.phase === 'greet');
    expect('nothing left in the folder', readdirSync(folder).length === 1);
  } finally {
    talker.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function expect(what, held) {
  if (!held) throw new Error(`the built agent failed: ${what}`);
}
