// Many more hostile frames than a test sends: npm run fuzz:frames -- [--count 20000] [--seed 1].
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
  },
});
for (const [name, value] of Object.entries(values)) {
  if (!/^\d{1,9}$/.test(value)) {
    process.stderr.write(`--${name} takes a whole number from 0 to 999999999\n`);
    process.exit(2);
  }
}
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'database', 'test/hostile-frames.e2e-spec.ts'],
  {
    stdio: 'inherit',
    // oxlint-disable-next-line node/no-process-env -- handed on to the spec
    env: { ...process.env, MAILPATH_FUZZ_FRAMES: values.count, MAILPATH_FUZZ_SEED: values.seed },
  },
);
process.exitCode = status ?? 1;
