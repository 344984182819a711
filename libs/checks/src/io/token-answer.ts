import type { CheckRun } from '../check.ts';
import { aadstsIn, firstLine, verdictOn } from '../aadsts.ts';
import { evidenceText } from '../evidence-text.ts';
import { PathError, shortened, UnexpectedReply } from '../path-error.ts';
import type { HttpAnswer } from './http.ts';
import { waitAskedFor } from './http.ts';
import { isPage, pageInstead } from './page.ts';

/** An answer that is a JSON object; nothing of it is believed yet. */
export type Json = Readonly<Record<string, unknown>>;

/** What was asked, as far as an answer is read by it. */
export interface TokenAsked {
  /** The grant's kind, as evidence names it. */
  grant: string;
  /** The id that the request carried; null for none. */
  correlationId: string | null;
  /** Notes a text that nobody may see. */
  keepSecret: (text: string) => void;
  /** Whether "not yet" (RFC 8628, section 3.5) is an answer to go on with. */
  polling: boolean;
}

const NOT_YET: ReadonlySet<string> = new Set(['authorization_pending', 'slow_down']);
/** No web server answers so for itself (RFC 9110, section 15.5.8): a proxy that inspects TLS asks for a sign-in. */
const PROXY_SIGN_IN = 407;
/** Fields of an answer that nobody may see. */
const SECRET = ['access_token', 'refresh_token', 'id_token', 'device_code', 'user_code', 'client_info'];
/** As a token is written: what is quoted of a broken answer may hold one that could not be read out of it. */
const LIKE_A_TOKEN = /[A-Za-z0-9._~+/=-]{24,}/g;
const LONGEST_DESCRIPTION = 512;

/**
 * Reads what came of a token request (RFC 6749, section 5) and keeps what it says of itself in the section `token`.
 * Answers the JSON of a success, and throws for everything else: `denied`, `throttled` and `unavailable` for what the
 * sign-in host said, `unexpected-reply` for what is none of its.
 */
export async function readTokenAnswer(answer: HttpAnswer, asked: TokenAsked, run: CheckRun): Promise<Json> {
  const { status, contentType, retryAfter } = answer;
  run.record('token', {
    grant: asked.grant,
    status,
    correlationId: textOf(answer.header('client-request-id') ?? asked.correlationId),
    traceId: textOf(answer.header('x-ms-request-id')),
    retryAfter,
    refreshToken: false,
  });
  const { text, whole } = await answer.body();
  const json = whole ? jsonIn(text) : null;
  for (const name of SECRET) {
    const value = json?.[name];
    if (typeof value === 'string') asked.keepSecret(value);
  }
  if (json && 'error' in json) return refused(json, answer, asked, run);
  if (status === 429) throw new PathError('throttled', `asked to slow down: HTTP 429${waitAskedFor(answer)}`);
  if (json === null && isPage(contentType, text))
    throw pageInstead(answer, text, 'an answer to a token request', run);
  if (status >= 500) throw new PathError('unavailable', `answered HTTP ${status}${waitAskedFor(answer)}`);
  if (status === PROXY_SIGN_IN)
    throw unexpected(`HTTP ${status}, with which a proxy in the way asks for a sign-in of its own`);
  if (!whole) throw unexpected('a body longer than any answer to a token request');
  if (text === '') throw unexpected(`HTTP ${status} without a body`);
  if (json === null) throw new UnexpectedReply(quotable(text), 'a JSON object');
  if (status !== 200) throw unexpected(`HTTP ${status} with JSON that names no error`);
  return json;
}

/** The failure for an answer that is no sign-in host's; `what` ends the sentence. */
export function unexpected(what: string): PathError {
  return new PathError('unexpected-reply', `answered the token request with ${what}`);
}

function refused(json: Json, answer: HttpAnswer, asked: TokenAsked, run: CheckRun): Json {
  const { status } = answer;
  const { error } = json;
  if (typeof error !== 'string') throw unexpected(`HTTP ${status} and JSON whose "error" is no text`);
  const whole = typeof json['error_description'] === 'string' ? json['error_description'] : '';
  const description = evidenceText(firstLine(whole), LONGEST_DESCRIPTION);
  const aadsts = numberIn(json['error_codes']) ?? aadstsIn(whole);
  const correlationId = textOf(json['correlation_id']);
  const traceId = textOf(json['trace_id']);
  run.record('token', {
    error: evidenceText(error),
    aadsts,
    suberror: textOf(json['suberror']),
    description: textOf(description),
    timestamp: textOf(json['timestamp']),
    ...(correlationId === null ? {} : { correlationId }),
    ...(traceId === null ? {} : { traceId }),
  });
  if (asked.polling && NOT_YET.has(error)) return json;
  const said = [shortened(evidenceText(error)), description || (aadsts && `AADSTS${aadsts}`)].filter(Boolean);
  const code = verdictOn({ status, error, aadsts });
  throw new PathError(code, `${DEED[code]}: ${said.join(': ')}${waitAskedFor(answer)}`);
}

const DEED = {
  denied: 'refused the token request',
  throttled: 'asked to slow down',
  unavailable: 'could not answer the token request now',
};

function jsonIn(text: string): Json | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // Not JSON: the caller reports what it was.
    return null;
  }
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Json) : null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? evidenceText(value) : null;
}

function numberIn(codes: unknown): number | null {
  const first: unknown = Array.isArray(codes) ? codes[0] : null;
  return Number.isSafeInteger(first) ? (first as number) : null;
}

function quotable(text: string): string {
  // Cut behind the search, so that the cut leaves nothing too short to be found; and with a mark, before which the rest
  // of a secret is looked for.
  return evidenceText(text.trim().slice(0, 4_096).replaceAll(LIKE_A_TOKEN, '…'), 256);
}
