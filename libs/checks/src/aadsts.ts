import { aadstsOutcome } from '@mailpath/protocol';

/** The number in a text of Entra ID's, such as 50076 in `AADSTS50076: …`. */
const NUMBER = /AADSTS(\d{4,9})(?!\d)/;

/** OAuth's own words for a fault that passes by itself (RFC 6749, section 4.1.2.1). */
const LATER_BY_NAME: ReadonlySet<string> = new Set(['temporarily_unavailable', 'server_error']);

/** The first AADSTS number of a text; null for none. */
export function aadstsIn(text: string): number | null {
  const digits = NUMBER.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** What a refusal by Entra ID amounts to. */
export function verdictOn(refusal: {
  status: number;
  error: string | null;
  aadsts: number | null;
}): 'denied' | 'throttled' | 'unavailable' {
  const { status, error, aadsts } = refusal;
  const outcome = aadstsOutcome(aadsts);
  if (status === 429 || error === 'slow_down' || outcome === 'throttled') return 'throttled';
  return outcome === 'unavailable' || LATER_BY_NAME.has(error ?? '') || status >= 500
    ? 'unavailable'
    : 'denied';
}

/** What ends the words for a person: a line break, or the ids and the time that Entra ID puts behind them. */
const AFTER_WORDS = /[\r\n]|(?:Trace ID|Correlation ID|Timestamp):/i;

/** A description without the ids and the time that end it, on one line: what a person reads. */
export function firstLine(description: string): string {
  const end = AFTER_WORDS.exec(description)?.index;
  // The blanks before the end are trimmed, not matched: `\s*` before a word costs the square of a long run of blanks.
  return description.slice(0, end).trim();
}
