import { defineRule } from '../rule.ts';

/** Told by the site, and seen in no result. */
export const approvalAwaited = defineRule({
  id: 'mailpath.approval-awaited',
  items: ['X8'],
  owner: 'ece-administrator',
  confidence: 'certain',
  find: () => [],
});
