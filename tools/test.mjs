/**
 * `npm test`: all that must pass. What compiles and what lints do not wait for each other, so they run side by side;
 * what each of them prints is shown whole when it has ended. Then come the lanes of tests; arguments go to vitest.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Every command has the programs of node_modules in its path, since npm put them there. */
const BUILD = ['tsc -b', 'npm run -s build:web', 'tsc -p test/browser', 'npm run -s lint:openapi'];
const LINT = ['npm run -s lint'];

/** Answers whether they all ended well; the first that does not is the last. */
async function inTurn(commands) {
  for (const command of commands) {
    const began = performance.now();
    const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += data.toString()));
    const [code] = await once(child, 'close');
    const seconds = ((performance.now() - began) / 1_000).toFixed(1);
    process.stdout.write(`${said}${command}: ${code === 0 ? 'passed' : 'FAILED'} in ${seconds} s\n`);
    if (code !== 0) return false;
  }
  return true;
}

// The client of the dashboard is generated, and both read it.
const isReady = await inTurn(['npm run -s client -w @mailpath/web']);
const arePassed = isReady ? await Promise.all([inTurn(BUILD), inTurn(LINT)]) : [false];
if (arePassed.includes(false)) process.exit(1);

const program = join(import.meta.dirname, '../node_modules/vitest/vitest.mjs');
const vitest = spawn(process.execPath, [program, 'run', ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => vitest.kill(signal));
const [code] = await once(vitest, 'exit');
process.exit(code ?? 1);
