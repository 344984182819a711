import { distinct } from '../look.ts';
import type { SettingState } from '@mailpath/protocol';
import type { Judgement, Seen } from '../settings/setting.ts';
import { type Verdict } from './known.ts';

const WORST_FIRST: readonly SettingState[] = ['broken', 'cannot-tell', 'holds'];

/** The worst of several judgements on one item; null for none. Its sentences are those of all that are as bad. */
export function worstOf(judgements: readonly Judgement[], evidence: readonly Seen[]): Verdict | null {
  const verdict = WORST_FIRST.find((state) => judgements.some((one) => one.verdict === state));
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
