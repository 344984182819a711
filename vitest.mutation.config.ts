// For npm run test:mutation alone. A line of the diagnosis' core that changes has to turn the spec of its own file red,
// so only these run: they also are fast enough to be run for every mutant.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  ssr: { resolve: { conditions: ['source', 'node', 'development|production'] } },
  test: {
    // It ends what hangs before the mutants come; of a mutant Stryker judges that itself.
    testTimeout: 600_000,
    include: [
      'libs/diagnosis/src/{causes,conclude,demand,excludes,spread}.spec.ts',
      'libs/diagnosis/src/answers/**/*.spec.ts',
      'apps/api/src/{trust/credentials/candidate,estate/servers/lendee}.spec.ts',
      'apps/api/src/work/orders/{budget,lendable,order}.spec.ts',
      'apps/api/src/conclusions/findings/finding-{life,end,certainty}.spec.ts',
      'apps/agent/src/reconnect.spec.ts',
    ],
  },
});
