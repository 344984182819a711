import type { Refusal } from './refusal.ts';
import { wrongFields } from './refusals.ts';

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
  readonly refusal: Refusal;
}

interface Facts extends ErrorOptions {
  readonly errors?: readonly FieldError[];
  readonly retryAfterSeconds?: number;
  /** The methods that there are at the path. */
  readonly allow?: readonly string[];
}

/** A request that is refused. The words are told to the caller in its language: what is wrong, and what to do. */
export class MailpathError extends Error {
  override readonly name = 'MailpathError';
  readonly status: number;
  readonly errors: readonly FieldError[] | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly allow: readonly string[] | undefined;

  /** `message` is the English text, for the log. */
  constructor(
    readonly code: ErrorCode,
    readonly refusal: Refusal,
    facts: Facts = {},
  ) {
    super(refusal.words.en, facts);
    this.status = ERROR_STATUS[code];
    this.errors = facts.errors;
    this.retryAfterSeconds = facts.retryAfterSeconds;
    this.allow = facts.allow;
  }
}

/** These fields of the request are wrong. There is at least one. */
export function invalidFields(
  errors: readonly [FieldError, ...FieldError[]],
  facts: ErrorOptions = {},
): MailpathError {
  const [{ field, refusal }] = errors;
  const whole = wrongFields({ field, first: refusal, more: errors.length - 1 });
  return new MailpathError('validation', whole, { ...facts, errors });
}

/** One field of the request is wrong for a reason that its schema cannot know. */
export const invalidField = (field: string, refusal: Refusal): MailpathError =>
  invalidFields([{ field, refusal }]);
