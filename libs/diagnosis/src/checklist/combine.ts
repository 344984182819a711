import { distinct } from '../look.ts';
import { WORST_STATE_FIRST } from '@mailpath/protocol';
import type { Judgement, Seen } from '../settings/setting.ts';
import { type Verdict } from './known.ts';

/** The worst of several judgements on one item; null for none. Its sentences are those of all that are as bad. */
export function worstOf(judgements: readonly Judgement[], evidence: readonly Seen[]): Verdict | null {
  const verdict = WORST_STATE_FIRST.find((state) => judgements.some((one) => one.verdict === state));
  if (verdict === undefined) return null;
  const deciding = judgements.filter((one) => one.verdict === verdict);
  return {
    verdict,
    sentences: deciding.map(({ sentence }) => sentence),
    nextSteps: deciding.flatMap(({ nextStep }) => (nextStep ? [nextStep] : [])),
    statements: distinct(deciding.flatMap(({ statements }) => statements)),
    evidence,
  };
}
