import { runSpec } from './run-spec.ts';

/**
 * Two thousand damaged outboxes (240 in the short form, which `npm test` runs): each costs what is damaged and no more.
 */
export const damagedOutboxes = {
  name: 'damaged outboxes',
  shortForm: 'apps/agent/src/outbox-damage.endurance.spec.ts',
  run: () => runSpec('apps/agent/src/outbox-damage.endurance.spec.ts', { MAILPATH_DAMAGED_OUTBOXES: '2000' }),
};
