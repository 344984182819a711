import { runSpec } from './run-spec.ts';

/** Frames of every kind that no agent sends, half of them after a join. */
export const hostileFrames = {
  name: '20,000 hostile frames, while another agent reports',
  shortForm: 'test/hostile-frames.e2e-spec.ts',
  run: () =>
    runSpec('test/hostile-frames.e2e-spec.ts', {
      MAILPATH_FUZZ_FRAMES: '20000',
      MAILPATH_FUZZ_SEED: '20261128',
    }),
};
