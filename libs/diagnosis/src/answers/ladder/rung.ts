import type { Answer, Bilingual, Confidence } from '@mailpath/protocol';

/**
 * How much is known of an answer: `row`, a number or code with its text; `code`, the number or code alone; `family`,
 * what the codes beside it are about. An answer of which not even that is known is told by the step in which it came.
 */
export type Rung = 'row' | 'code' | 'family';

/** What a rung of the ladder knows of an answer. */
export interface LadderAnswer extends Answer {
  readonly rung: Rung;
  /** Whole sentences: what it says, and what to do about it. */
  readonly meaning: Bilingual;
  readonly action: Bilingual;
  /** A right that is denied, which rules have words of their own for; absent for anything else. */
  readonly denies?: Right;
}

/** What Exchange Online may deny to who signed in. */
export type Right = 'send-as' | 'log-on';

/**
 * The confidence of a sentence that rests on an answer: never more than its rung bears; `step` where no rung knows it.
 */
export function atMost(rung: Rung | 'step', confidence: Confidence): Confidence {
  if (rung === 'step') return 'possible';
  return rung === 'family' && confidence === 'certain' ? 'likely' : confidence;
}
