import type { Phase } from '@mailpath/protocol';
import { withoutTraces } from './line.ts';
import type { LadderAnswer } from './rung.ts';
import { type Step, stepOf } from './smtp-families.ts';

/** What an answer says in English words, whatever code stands beside it: one of each list has to be in it. */
export interface Said {
  readonly words: readonly (readonly string[])[];
  /** Words of another subject, beside which these say nothing. */
  readonly unless?: readonly string[];
  /** A state that goes by: of a message that is refused for good it is not the reason, whatever its words remind of. */
  readonly passes?: true;
  /** Where it may be said of whoever signs in; at a later step another one's mailbox may be meant. */
  readonly at: readonly Step[];
  readonly answer: Omit<LadderAnswer, 'rung'>;
}

/** RFC 5321, section 4.2.1. */
const REFUSED_FOR_GOOD = /^5\d\d[ -]/;

/** The first that is said at that step. While a message is sent, a mailbox may be the recipient's: only a limit is. */
export function firstSaid(of: readonly Said[], line: string, phase: Phase | null): LadderAnswer | null {
  const text = withoutTraces(line).normalize('NFC').toLowerCase();
  const has = (word: string): boolean => text.includes(word);
  const step = phase === 'send' || phase === 'receive' ? null : stepOf(phase);
  const known = of.find(
    ({ words, unless = [], at, passes }) =>
      (step === null ? at.includes('greeting') : at.includes(step)) &&
      words.every((each) => each.some(has)) &&
      !unless.some(has) &&
      !(passes && step === null && REFUSED_FOR_GOOD.test(text)),
  );
  return known ? { rung: 'family', ...known.answer } : null;
}
