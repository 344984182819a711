/**
 * `npm run dev`: the API, compiled and started again at every save. Only what the API is made of is compiled, and what
 * is saved while it does not compile leaves the API that runs alone. Its database stays: it is not started again with
 * it.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = join(import.meta.dirname, '..');
/** Requests that are under way when a save comes get so long to end. */
const GRACE_MS = 500;

if (existsSync('.env')) process.loadEnvFile('.env');
// Compiled by now: "npm run dev" builds first.
const { startPostgres } = await import('../libs/embedded-postgres/dist/index.js');
const own = process.env.DATABASE_URL
  ? null
  : await startPostgres(resolve(process.env.MAILPATH_HOME ?? '.mailpath'), { told: (event) => say(event) });

let api = null;
let savedAt = null;
let isStopping = false;

const say = (line) => process.stdout.write(`${line}\n`);

function start() {
  const begun = spawn(process.execPath, ['--enable-source-maps', join(ROOT, 'apps/api/dist/main.js')], {
    env: { ...process.env, ...(own ? { DATABASE_URL: own.url } : {}) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  begun.on('message', () => {
    if (savedAt !== null)
      say(`Served again ${((performance.now() - savedAt) / 1_000).toFixed(1)} s after the save was seen.`);
    savedAt = null;
  });
  return begun;
}

async function end(child) {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  await gone;
  clearTimeout(late);
}

/** One after the other, however fast saves come. */
let turn = Promise.resolve();
const restart = () => {
  turn = turn.then(async () => {
    await end(api);
    if (!isStopping) api = start();
  });
};

const tsc = spawn(
  process.execPath,
  [join(ROOT, 'node_modules/@typescript/native/bin/tsc'), '-b', '-w', '--preserveWatchOutput', 'apps/api'],
  { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
);
createInterface({ input: tsc.stdout }).on('line', (line) => {
  if (line.includes('File change detected')) savedAt ??= performance.now();
  else if (/Found 0 errors/.test(line)) restart();
  else if (line.trim() !== '' && !line.includes('Starting compilation in watch mode')) say(line);
});

async function stop() {
  if (isStopping) return;
  isStopping = true;
  tsc.kill();
  await turn;
  await end(api);
  await own?.stop();
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop());
tsc.on('exit', () => void stop());
