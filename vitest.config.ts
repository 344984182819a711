import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Never list 'import' or 'module' here: they reach Node as --conditions and break require('pg').
  ssr: { resolve: { conditions: ['source', 'node', 'development|production'] } },
  test: {
    reporters: ['default', ['json', { outputFile: 'node_modules/.cache/vitest.json' }]],
    projects: [
      {
        extends: true,
        // Most of these wait for deadlines and not for a processor: more of them than cores may wait side by side.
        test: { name: 'unit', include: ['{apps,libs}/*/src/**/*.spec.ts', 'test/situations/**/*.spec.ts'], maxWorkers: 4 },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/**/*.e2e-spec.ts'],
          globalSetup: ['test/support/postgres.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
