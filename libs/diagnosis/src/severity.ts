import type { Demand, Outcome, Severity } from '@mailpath/protocol';

const OF_FAILURE: Record<Demand, Severity> = { must: 'error', demanded: 'warning', optional: 'info' };

/**
 * How bad an outcome is for mail. A failed must is an error, a failed demand a deviation from the checklist with no mail
 * process behind it. `warn` says that a client gets through, so it is never worse than a warning.
 */
export function severityOf(outcome: Outcome, demand: Demand): Severity | null {
  if (outcome === 'fail') return OF_FAILURE[demand];
  if (outcome === 'warn') return demand === 'optional' ? 'info' : 'warning';
  return null;
}
