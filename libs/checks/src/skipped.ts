import type { CheckResult, Evidence, SkipCode, Target } from '@mailpath/protocol';
import { evidenceText } from './evidence-text.ts';
import { resultId } from './result-id.ts';

/** Why a task is not carried out: in one sentence for a person, and as a code for whoever concludes from it. */
export interface Skip {
  code: SkipCode;
  /** What the code is about, such as a place; see `SkipCode`. */
  about?: string;
  reason: string;
}

/** A result for a task that was not carried out, with what was seen all the same. */
export function skipped(
  check: string,
  target: Target,
  { code, about, reason }: Skip,
  seen: Evidence = {},
): CheckResult {
  const startedAt = new Date();
  return {
    id: resultId(startedAt),
    check,
    target: { ...target },
    outcome: 'skipped',
    startedAt: startedAt.toISOString(),
    durationMs: 0,
    phases: [],
    failure: null,
    reason: evidenceText(reason),
    evidence: Object.assign(
      { skip: { code, about: about === undefined ? null : evidenceText(about) } },
      seen,
    ),
    repeats: null,
  };
}
