/** The number in a text of Entra ID's, such as 50076 in `AADSTS50076: …`. */
const NUMBER = /AADSTS(\d{4,9})(?!\d)/;

/** Entra ID asks to slow down: the tenant is throttled, or the same request came too often. */
const SLOW_DOWN: ReadonlySet<number> = new Set([90055, 50196]);

/**
 * Faults of the service, and of what a tenant's own sign-in hangs on, that pass by themselves (Microsoft's list of codes: try
 * again later). Every other number is a refusal for good.
 */
const LATER: ReadonlySet<number> = new Set([
  50000, 50033, 50087, 50088, 70012, 80001, 80002, 80005, 80007, 80010, 80012, 80014, 90006, 90012, 90024,
  90033, 90090,
]);

/** OAuth's own words for the same (RFC 6749, section 4.1.2.1). */
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
  if (status === 429 || error === 'slow_down' || (aadsts !== null && SLOW_DOWN.has(aadsts)))
    return 'throttled';
  const later = LATER_BY_NAME.has(error ?? '') || (aadsts !== null && LATER.has(aadsts));
  return later || status >= 500 ? 'unavailable' : 'denied';
}

/** What ends the words for a person: a line break, or the ids and the time that Entra ID puts behind them. */
const AFTER_WORDS = /[\r\n]|(?:Trace ID|Correlation ID|Timestamp):/i;

/** A description without the ids and the time that end it, on one line: what a person reads. */
export function firstLine(description: string): string {
  const end = AFTER_WORDS.exec(description)?.index;
  // The blanks before the end are trimmed, not matched: `\s*` before a word costs the square of a long run of blanks.
  return description.slice(0, end).trim();
}
