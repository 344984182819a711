import { runSpec } from './run-spec.ts';

/** Ten thousand sequences of what can happen to an outbox, against its model. */
export const outboxSequences = {
  name: 'sequences of an outbox against its model',
  shortForm: 'apps/agent/src/outbox-model.endurance.spec.ts',
  run: () => runSpec('apps/agent/src/outbox-model.endurance.spec.ts', { MAILPATH_OUTBOX_SEQUENCES: '10000' }),
};
