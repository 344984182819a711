import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { escapeHtml, sendHtml, sendJson } from '../web/message.ts';
import { AADSTS_ANSWERS, type AadstsAnswer } from './aadsts-answers.ts';

interface Differently {
  /** Instead of the answer's own text. */
  text?: string;
  /** Instead of the answer's own error. */
  error?: string;
  retryAfterSeconds?: number | undefined;
}

/** What an answer that asks to wait says when the fault does not. */
const DEFAULT_WAIT_SECONDS = 30;

/** A refusal of Entra ID by its number, or by an answer that no table has. */
export class EntraError extends Error {
  override readonly name = 'EntraError';
  readonly answer: AadstsAnswer;
  readonly retryAfterSeconds: number | null;

  constructor(what: number | AadstsAnswer, { text, error, retryAfterSeconds }: Differently = {}) {
    const answer = typeof what === 'number' ? knownAnswer(what) : what;
    super(`AADSTS${answer.code}: ${text ?? answer.text}`);
    this.answer = { ...answer, text: text ?? answer.text, error: error ?? answer.error };
    const waits = retryAfterSeconds !== undefined || answer.status === 429 || answer.status >= 500;
    this.retryAfterSeconds = waits ? (retryAfterSeconds ?? DEFAULT_WAIT_SECONDS) : null;
  }
}

function knownAnswer(code: number): AadstsAnswer {
  const answer = AADSTS_ANSWERS.get(code);
  if (!answer) throw new Error(`AADSTS${code} is not in the table of answers`);
  return answer;
}

/** What Microsoft's support asks for. */
export interface Trace {
  traceId: string;
  correlationId: string;
  timestamp: string;
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const isGuid = (text: string): boolean => GUID.test(text);

/** `wanted` is the caller's `client-request-id`, which becomes the correlation id when it is a GUID. */
export function newTrace(now: number, wanted: string | null): Trace {
  return {
    traceId: randomUUID(),
    correlationId: wanted !== null && isGuid(wanted) ? wanted : randomUUID(),
    timestamp: `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`,
  };
}

export function descriptionOf({ message }: EntraError, { traceId, correlationId, timestamp }: Trace): string {
  return `${message} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`;
}

export const errorUriOf = ({ answer }: EntraError): string =>
  `https://login.microsoftonline.com/error?code=${answer.code}`;

/** The answer of the token endpoint and its like. */
export function sendError(response: ServerResponse, error: EntraError, trace: Trace): void {
  const { answer, retryAfterSeconds } = error;
  const body = {
    error: answer.error,
    error_description: descriptionOf(error, trace),
    error_codes: [answer.code],
    timestamp: trace.timestamp,
    trace_id: trace.traceId,
    correlation_id: trace.correlationId,
    error_uri: errorUriOf(error),
    ...(answer.suberror === undefined ? {} : { suberror: answer.suberror }),
  };
  sendJson(response, answer.status, body, {
    'x-ms-request-id': trace.traceId,
    ...(retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) }),
  });
}

/** The error page, which only the browser sees: the application never hears of it. */
export function sendErrorPage(response: ServerResponse, error: EntraError, trace: Trace): void {
  const lines = [
    `Request Id: ${trace.traceId}`,
    `Correlation Id: ${trace.correlationId}`,
    `Timestamp: ${trace.timestamp}`,
    `Message: ${error.message}`,
  ];
  sendHtml(
    response,
    error.answer.status,
    `<title>Sign in to your account</title>
<h1>Sorry, but we’re having trouble signing you in.</h1>
<p id="error">${escapeHtml(error.message)}</p>
<pre>${escapeHtml(lines.join('\n'))}</pre>`,
  );
}
