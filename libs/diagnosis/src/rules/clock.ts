import type { CheckResult } from '@mailpath/protocol';
import { median } from '../median.ts';
import { getsThrough, type Look } from '../look.ts';
import { type ClueOf, defineRule } from '../rule.ts';
import { outOfDates } from './tls.ts';

/** A minute off is a clock that nobody sets; beyond five, Kerberos and tokens are refused. */
const WORTH_A_WARNING_MS = 60_000;
const REFUSED_MS = 300_000;

const aheadMs = ({ evidence }: CheckResult): number | null => evidence.clock?.aheadMs ?? null;

/** One other end may have a wrong clock itself, so it goes by the middle of all; certificates out of their dates follow from it. */
export const clockWrong = defineRule({
  id: 'clock.wrong',
  items: ['X9'],
  owner: 'server-administrator',
  find: ({ server, open }: Look): readonly ClueOf<'clock.wrong'>[] => {
    const told = server.results.filter((result) => aheadMs(result) !== null);
    const off = Math.round(median(told.map((result) => aheadMs(result) ?? 0)) ?? 0);
    if (Math.abs(off) <= WORTH_A_WARNING_MS) return [];
    const refused = Math.abs(off) > REFUSED_MS ? open.filter(outOfDates) : [];
    // What failed for another reason keeps its own explanation.
    const shown = told.filter((result) => getsThrough(result) || refused.includes(result));
    const results = shown.length > 0 ? shown : refused;
    if (results.length === 0) return [];
    return [
      {
        about: 'clock',
        results,
        consequences: refused.filter((result) => !results.includes(result)),
        counts: Math.abs(off) > REFUSED_MS ? 'fail' : 'warn',
        evidence: told.map(
          ({ check, target, evidence }) =>
            `${check} ${target.name}: ${evidence.clock?.aheadMs} ms ahead by ${evidence.clock?.source}`,
        ),
        details: { clocks: [{ server: server.name, aheadMs: off }] },
      },
    ];
  },
});
