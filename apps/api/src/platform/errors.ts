import { STATUS_CODES } from 'node:http';
import type { Refusal } from './refusal.ts';

/** Every reason for which a request is refused, with its status. A code is for ever: callers decide by it. */
export const ERROR_STATUS = {
  validation: 400,
  unauthorized: 401,
  forbidden: 403,
  'enrolment-refused': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  conflict: 409,
  'precondition-failed': 412,
  'payload-too-large': 413,
  'unsupported-media-type': 415,
  'idempotency-key-reused': 422,
  'too-many-requests': 429,
  internal: 500,
  unavailable: 503,
} as const;
export type ErrorCode = keyof typeof ERROR_STATUS;

export interface FieldError {
  /** The path of the field, such as `targets.imap.port`. */
  readonly field: string;
  readonly message: string;
}

interface Facts extends ErrorOptions {
  readonly errors?: readonly FieldError[];
  readonly retryAfterSeconds?: number;
  /** The methods that there are at the path. */
  readonly allow?: readonly string[];
}

/** A request that is refused. `detail` is told to the caller: what is wrong, and what to do. */
export class MailpathError extends Error {
  override readonly name = 'MailpathError';
  readonly status: number;
  readonly detail: string;
  /** Its words in every language; undefined where it is still told by `language/japanese-refusals.ts`. */
  readonly refusal: Refusal | undefined;
  readonly errors: readonly FieldError[] | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly allow: readonly string[] | undefined;

  constructor(
    readonly code: ErrorCode,
    detail: string | Refusal,
    facts: Facts = {},
  ) {
    super(typeof detail === 'string' ? detail : detail.words.en, facts);
    this.detail = this.message;
    this.refusal = typeof detail === 'string' ? undefined : detail;
    this.status = ERROR_STATUS[code];
    this.errors = facts.errors;
    this.retryAfterSeconds = facts.retryAfterSeconds;
    this.allow = facts.allow;
  }

  get title(): string {
    return STATUS_CODES[this.status] ?? 'Error';
  }
}

/** One field of the request is wrong for a reason that its schema cannot know. */
export const invalidField = (field: string, message: string): MailpathError =>
  new MailpathError('validation', `${field}: ${message}`, { errors: [{ field, message }] });
