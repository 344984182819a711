import { newest } from '../../settings/setting.ts';
import { worstOf } from '../combine.ts';
import type { ChecklistServer, Known, Verdict } from '../known.ts';
import { inconclusive } from '../inconclusive.ts';
import { say } from '../words/catalogue.ts';

/** Entra takes clocks that differ by five minutes. */
const LIMIT_MS = 300_000;

/** X9: the server's clock by what Microsoft's hosts said last, else by the times of its newest token. */
export function clock(known: Known, { name }: ChecklistServer): Verdict {
  const here = known.fresh.filter(({ server }) => server === name);
  const last = newest(here.filter(({ result }) => result.evidence.clock));
  const aheadMs = last?.result.evidence.clock?.aheadMs;
  if (last && aheadMs !== undefined) {
    const isOff = Math.abs(aheadMs) > LIMIT_MS;
    return {
      verdict: isOff ? 'broken' : 'holds',
      sentences: [
        isOff
          ? say('clock.off', name, Math.round(Math.abs(aheadMs) / 60_000), aheadMs > 0)
          : say('clock.agrees', name, Math.max(1, Math.ceil(Math.abs(aheadMs) / 1_000))),
      ],
      nextSteps: isOff ? [say('clock.time-source', name)] : [],
      statements: [],
      evidence: [last],
    };
  }
  const judgements = known.judgements.filter(({ item, subject }) => item === 'X9' && subject === name);
  return (
    worstOf(
      judgements,
      here.filter(({ result }) => result.evidence.claims),
    ) ??
    inconclusive(
      {
        fresh: [],
        stale: known.stale.filter(({ server, result }) => server === name && result.evidence.clock),
        none: { sentence: say('told.none'), needed: say('need.agent', name) },
      },
      [],
    )
  );
}
