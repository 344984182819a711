/**
 * `npm run test:busy`: the suite, or what its arguments choose of it (as for vitest), while endless loops keep every
 * core busy. The loops are threads of this process, so nothing ends it and leaves them behind, and they end by
 * themselves after two hours.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

const LOOPS = 8;
const LONGEST_MS = 2 * 3_600_000;
const LOOP = `const end = Date.now() + ${LONGEST_MS}; while (Date.now() < end);`;

const loops = Array.from({ length: LOOPS }, () => new Worker(LOOP, { eval: true }));
const vitest = join(import.meta.dirname, '../node_modules/vitest/vitest.mjs');
const suite = spawn(process.execPath, [vitest, 'run', ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => suite.kill(signal));
suite.on('error', (error) => {
  process.stderr.write(`The suite could not be started: ${error.message}\n`);
  process.exit(1);
});
suite.on('exit', (code, signal) => {
  void Promise.all(loops.map((loop) => loop.terminate())).then(() => process.exit(signal ? 1 : (code ?? 1)));
});
