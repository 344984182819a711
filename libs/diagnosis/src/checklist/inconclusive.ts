import type { Seen } from '../settings/setting.ts';
import { messageOf, works, type Verdict } from './known.ts';
import { say, type Told } from './words/catalogue.ts';

/** What one result that does not decide has to say, and what is needed instead. */
function why({ server, result }: Seen): [sentence: Told, needed: Told] {
  const { check, outcome, failure, reason } = result;
  if (outcome === 'throttled') return [say('told.throttled', server, check), say('need.wait')];
  if (outcome === 'skipped') return [say('told.skipped', server, check, reason), say('need.mend-first')];
  if (failure?.code === 'internal') return [say('told.internal', server, check), say('need.mailpath')];
  return [say('told.undecided', server, check, messageOf({ server, result })), say('need.mend-first')];
}

/**
 * `cannot-tell`, with the best reason there is: a fresh result that does not decide, else one that is too old, else
 * that there is none. `needed` is what would decide.
 */
export function inconclusive(
  {
    fresh,
    stale,
    none,
  }: { fresh: readonly Seen[]; stale: readonly Seen[]; none: { sentence: Told; needed: Told } },
  statements: readonly string[],
): Verdict {
  const undecided = fresh.filter((seen) => !works(seen));
  const [first] = undecided;
  const [old] = stale;
  const [sentence, needed] = first
    ? why(first)
    : old
      ? [say('told.stale', old.server, old.result.check, old.result.startedAt), none.needed]
      : [none.sentence, none.needed];
  return {
    verdict: 'cannot-tell',
    sentences: [sentence],
    nextSteps: [needed],
    statements,
    evidence: first ? undecided : stale,
  };
}
