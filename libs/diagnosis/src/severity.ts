import type { CheckResult, Demand, Severity } from '@mailpath/protocol';

const OF_FAILURE: Record<Demand, Severity> = { required: 'error', recommended: 'warning', optional: 'info' };

/**
 * How bad a result is for mail. What is required and failed is an error, what is recommended a deviation from the
 * checklist with no mail process behind it. `warn` says that a client gets through, so it is never worse than a
 * warning; no worse is a check that failed at first and passed when it was repeated alone.
 */
export function severityOf(
  { outcome, repeats }: Pick<CheckResult, 'outcome' | 'repeats'>,
  demand: Demand,
): Severity | null {
  if (outcome === 'fail') return OF_FAILURE[demand];
  // Throttled is not down: a warning at the most, whoever needs it.
  if (outcome === 'warn' || outcome === 'throttled' || (outcome === 'pass' && repeats !== null))
    return demand === 'optional' ? 'info' : 'warning';
  return null;
}
