/**
 * `npm run test:busy`: the suite, or what its arguments choose of it (as for vitest), while endless loops keep every
 * core busy. The loops are threads of this process, so nothing ends it and leaves them behind, and they end by
 * themselves after two hours; `--loops=2` makes another number of them than eight. The suite ends with this process,
 * even where that is killed.
 */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { startThatEndsWithParent } from './end-with-parent.mjs';

const own = /^--loops=(\d{1,3})$/.exec(process.argv[2] ?? '');
const forVitest = process.argv.slice(own ? 3 : 2);
const LOOPS = Number(own?.[1] ?? 8);
const LONGEST_MS = 2 * 3_600_000;
const LOOP = `const end = Date.now() + ${LONGEST_MS}; while (Date.now() < end);`;

const loops = Array.from({ length: LOOPS }, () => new Worker(LOOP, { eval: true }));
const vitest = join(import.meta.dirname, '../node_modules/vitest/vitest.mjs');
const suite = startThatEndsWithParent(process.execPath, [vitest, 'run', ...forVitest]);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => suite.kill(signal));
suite.on('error', (error) => {
  process.stderr.write(`The suite could not be started: ${error.message}\n`);
  process.exit(1);
});
suite.on('exit', (code, signal) => {
  void Promise.all(loops.map((loop) => loop.terminate())).then(() => process.exit(signal ? 1 : (code ?? 1)));
});
