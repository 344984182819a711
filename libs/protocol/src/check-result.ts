import { z } from 'zod';
import { Evidence } from './evidence.ts';
import { EVIDENCE_TEXT_MAX, Instant, keptText, Milliseconds } from './text.ts';
import { CheckId, Target } from './target.ts';
import { FailureCode, Outcome, Phase } from './words.ts';

const sentence = keptText(EVIDENCE_TEXT_MAX).min(1);

/** Where a check stopped and why. `message` is one sentence of fact with host, port or code in it. */
export const Failure = z
  .object({ phase: Phase, code: FailureCode, message: sentence })
  .meta({ id: 'Failure' });
export type Failure = z.infer<typeof Failure>;

/**
 * How long one phase took, in milliseconds of a monotonic clock. A phase that failed is listed with the time until it
 * failed.
 */
export const PhaseTiming = z.object({ name: Phase, ms: Milliseconds }).meta({ id: 'PhaseTiming' });
export type PhaseTiming = z.infer<typeof PhaseTiming>;

/** One execution of one check on one server: a fact, never edited. */
export const CheckResult = z
  .object({
    /** UUIDv7, made by whoever ran the check. */
    id: z.uuid(),
    check: CheckId,
    target: Target,
    outcome: Outcome,
    /** UTC by the server's own clock. */
    startedAt: Instant,
    durationMs: Milliseconds,
    phases: z.array(PhaseTiming).max(32),
    /**
     * Set when, and only when, the outcome is `fail`, or `throttled`; its code is `throttled` in the latter case alone.
     */
    failure: Failure.nullable(),
    /** One sentence that says why the outcome is `warn` or `skipped`; null otherwise. */
    reason: sentence.nullable(),
    evidence: Evidence,
    /** Set for a second look: the id of the failed result of the same round that it looks at again, alone. */
    repeats: z.uuid().nullable(),
  })
  .refine(({ outcome, failure }) => (outcome === 'fail' || outcome === 'throttled') === (failure !== null), {
    path: ['failure'],
    error: 'failure is set when, and only when, the outcome is fail or throttled',
  })
  .refine(({ outcome, failure }) => (outcome === 'throttled') === (failure?.code === 'throttled'), {
    path: ['outcome'],
    error: 'the outcome is throttled when, and only when, the code of the failure is',
  })
  .meta({ id: 'CheckResult' });
export type CheckResult = z.infer<typeof CheckResult>;
