import type { CheckResult, Target } from '@mailpath/protocol';
import { v7 as uuidv7 } from 'uuid';
import { evidenceText } from './evidence-text.ts';

/** A result for a task that was not carried out. */
export function skipped(check: string, target: Target, reason: string): CheckResult {
  return {
    id: uuidv7(),
    check,
    target: { ...target },
    outcome: 'skipped',
    startedAt: new Date().toISOString(),
    durationMs: 0,
    phases: [],
    failure: null,
    reason: evidenceText(reason),
    evidence: {},
    repeats: null,
  };
}
