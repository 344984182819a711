import type { Span } from '../api/history-queries.ts';

export const HOURS_BACK = [1, 6, 24, 168] as const;

/** What an address asks for; the hour before now where it names nothing. A moment that is none is as if not named. */
export function spanOf(search: URLSearchParams, now: number): Span {
  const baseline = search.get('baseline');
  const hours = Number(search.get('hours') ?? 'NaN');
  const back = HOURS_BACK.find((each) => each === hours) ?? 1;
  return {
    baseline,
    since: momentOf(search.get('since')) ?? new Date(now - back * 3_600_000).toISOString(),
    until: momentOf(search.get('until')),
  };
}

/** What a text says as a moment, in UTC; null where it is none. */
export const momentOf = (text: string | null): string | null => {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? null : new Date(at).toISOString();
};

/** As an input of the kind `datetime-local` has it: the reader's zone, to the minute. */
export function localText(moment: string | null): string {
  if (moment === null) return '';
  const at = new Date(moment);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
