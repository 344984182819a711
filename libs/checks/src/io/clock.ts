import type { Facts, CheckRun } from '../check.ts';
import { stopwatch } from '../deadline.ts';

/** RFC 9110, section 5.6.7: the one form of an HTTP date that is sent today. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
/** RFC 5322, section 3.3, at the end of a line, as Exchange writes it: `ready at Tue, 24 Nov 2026 04:45:00 +0000`. */
const BANNER_DATE = /(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} [+-]\d{4}$/;
/** The other end writes whole seconds and drops the rest, so on average half a second of its time is missing. */
const HALF_SECOND_MS = 500;

/** Takes the time now; `stop` answers when, by this machine's clock, the middle of the wait was, in milliseconds. */
export function halfWay(): () => number {
  const beganAt = Date.now();
  // A clock that is set during the wait must not count as the other end's.
  const elapsed = stopwatch();
  return () => beganAt + elapsed() / 2;
}

/** Keeps how far this machine's clock is ahead by an HTTP `Date`. A cache's answer (`Age`) tells an old time. */
export function clockFromHttp(
  run: CheckRun,
  date: string | undefined,
  age: string | undefined,
  at: number,
): void {
  if (date === undefined || !HTTP_DATE.test(date) || Number(age ?? 0) !== 0) return;
  keep(run, 'http-date', Date.parse(date), at);
}

/** The same by the date at the end of an SMTP greeting; nothing where there is none. */
export function clockFromBanner(run: CheckRun, greeting: string, at: number): void {
  const [date] = BANNER_DATE.exec(greeting.trimEnd()) ?? [];
  if (date !== undefined) keep(run, 'smtp-banner', Date.parse(date), at);
}

/**
 * The same by when a token was made, in seconds since 1970: its end less its life. Entra ID dates `iat` and `nbf` back
 * by some minutes, so that they say nothing of its clock.
 */
export function clockFromToken(
  run: CheckRun,
  { exp, expiresIn }: { exp: number; expiresIn: number },
  at: number,
): void {
  keep(run, 'token', (exp - expiresIn) * 1_000, at);
}

function keep(run: CheckRun, source: Facts<'clock'>['source'], said: number, at: number): void {
  // Such as 31 February, a date in form only, or a token's number that is beyond all numbers.
  if (!Number.isFinite(said)) return;
  run.record('clock', { source, aheadMs: Math.round(at - (said + HALF_SECOND_MS)) });
}
