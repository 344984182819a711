import type { CheckResult } from '@mailpath/protocol';

/** What an agent says of an order whose lease had expired, by its own clock, before it could run. */
export const isLeaseOver = ({ outcome, reason }: CheckResult): boolean =>
  outcome === 'skipped' && /\blease (?:expired|was over) at /.test(reason ?? '');

/** A check that waits for a token, and not for its turn, a permission or a lease. */
export const lacksToken = ({ outcome, reason }: CheckResult): boolean =>
  outcome === 'skipped' && /\btoken\b/i.test(reason ?? '');
