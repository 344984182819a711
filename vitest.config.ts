import { defineConfig } from 'vitest/config';

/** Far above what any test needs on a machine that is busy with other things: a limit ends what hangs, and judges nothing. */
const MINUTE = 60_000;
const POSTGRES = ['test/support/postgres.ts'];
const PROCESS_SPECS = ['{apps,libs}/*/src/**/*.process.spec.ts', 'test/**/*.process.e2e-spec.ts'];
const NAMESPACE_SPECS = ['test/**/*.namespace.e2e-spec.ts'];

/** docs/testing.md says what belongs in which lane. Lanes run one after the other, in this order. */
export default defineConfig({
  // Never list 'import' or 'module' here: they reach Node as --conditions and break require('pg').
  ssr: { resolve: { conditions: ['source', 'node', 'development|production'] } },
  test: {
    reporters: ['default', ['json', { outputFile: 'node_modules/.cache/vitest.json' }]],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{apps,libs}/*/src/**/*.spec.ts'],
          exclude: PROCESS_SPECS,
          // Specs share the modules they load, which is most of the time that they would take.
          isolate: false,
          // Some of these wait for a deadline and not for a processor: more of them than cores may wait side by side.
          maxWorkers: 4,
          testTimeout: MINUTE,
          hookTimeout: MINUTE,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'database',
          include: ['test/**/*.e2e-spec.ts'],
          exclude: [...PROCESS_SPECS, ...NAMESPACE_SPECS],
          globalSetup: POSTGRES,
          maxWorkers: 3,
          testTimeout: 3 * MINUTE,
          hookTimeout: 3 * MINUTE,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'process',
          include: PROCESS_SPECS,
          globalSetup: POSTGRES,
          maxWorkers: 3,
          testTimeout: 5 * MINUTE,
          hookTimeout: 5 * MINUTE,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'namespace',
          include: NAMESPACE_SPECS,
          // A namespace has the whole machine's network tools to itself, and a delay in it is part of what is tested.
          maxWorkers: 1,
          testTimeout: 5 * MINUTE,
          hookTimeout: 5 * MINUTE,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
