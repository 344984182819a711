import { defineConfig } from 'vitest/config';

/**
 * Far above what any test needs on a machine that is busy with other things: a limit ends what hangs, and judges
 * nothing.
 */
const MINUTE = 60_000;
const limits = (minutes: number) => ({ testTimeout: minutes * MINUTE, hookTimeout: minutes * MINUTE });

const ENDURANCE = ['{apps,libs}/*/src/**/*.endurance.spec.ts'];
const PROPERTIES = ['{apps,libs}/*/src/**/*.properties.spec.ts'];
const DEADLINE = ['{apps,libs}/*/src/**/*.deadline.spec.ts'];
const PROCESS = ['{apps,libs}/*/src/**/*.process.spec.ts', 'test/**/*.process.e2e-spec.ts'];
/** Pages in a real browser: Debian's Chromium, found where it is installed. */
const BROWSER = ['test/browser/**/*.e2e-spec.ts'];
const NAMESPACE = ['test/**/*.namespace.e2e-spec.ts'];
const POSTGRES = ['test/support/postgres.ts'];

/** What waits and what computes fit well into one group: the first leaves the cores to the second. */
const SIDE_BY_SIDE = {
  // Specs share the modules they load: loading them for each file again takes longer than most files.
  isolate: false,
  // Each worker loads what it needs once more, and a thread tells its results for less than a process does.
  pool: 'threads',
  // Many wait for a deadline and not for a processor: more of them than cores may wait side by side.
  maxWorkers: 3,
  ...limits(1),
  sequence: { groupOrder: 0 },
};

/** docs/testing.md says what belongs in which lane. Lanes run one after the other, in this order. */
export default defineConfig({
  // Never list 'import' or 'module' here: they reach Node as --conditions and break require('pg').
  ssr: { resolve: { conditions: ['source', 'node', 'development|production'] } },
  test: {
    reporters: ['default', ['json', { outputFile: 'node_modules/.cache/vitest.json' }]],
    setupFiles: ['test/support/patient-waits.ts'],
    expect: { poll: { timeout: 45_000, interval: 20 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{apps,libs}/*/src/**/*.spec.ts', 'test/situations/**/*.spec.ts'],
          exclude: [...ENDURANCE, ...PROCESS, ...PROPERTIES, ...DEADLINE],
          ...SIDE_BY_SIDE,
        },
      },
      {
        extends: true,
        test: { name: 'properties', include: PROPERTIES, ...SIDE_BY_SIDE },
      },
      {
        extends: true,
        test: { name: 'deadline', include: DEADLINE, ...SIDE_BY_SIDE },
      },
      {
        extends: true,
        test: {
          name: 'endurance',
          include: ENDURANCE,
          maxWorkers: 2,
          ...limits(5),
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'database',
          setupFiles: ['test/support/contract-setup.ts'],
          include: ['test/**/*.e2e-spec.ts'],
          exclude: [...PROCESS, ...NAMESPACE, ...BROWSER],
          globalSetup: POSTGRES,
          // Each file has databases and ports of its own.
          isolate: false,
          maxWorkers: 3,
          ...limits(3),
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'process',
          setupFiles: ['test/support/contract-setup.ts'],
          include: PROCESS,
          globalSetup: [...POSTGRES, 'test/support/built.ts'],
          isolate: false,
          maxWorkers: 4,
          ...limits(10),
          sequence: { groupOrder: 3 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: BROWSER,
          globalSetup: [...POSTGRES, 'test/support/built.ts', 'test/browser/one-browser.ts'],
          maxWorkers: 4,
          ...limits(10),
          sequence: { groupOrder: 3 },
        },
      },
      {
        extends: true,
        test: {
          name: 'namespace',
          include: NAMESPACE,
          // Real checks with their own deadlines on real paths: what else runs would be part of what they see.
          maxWorkers: 1,
          ...limits(5),
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
});
