import { HttpException } from '@nestjs/common';
import { ERROR_STATUS, MailpathError, type ErrorCode } from './errors.ts';
import { isDatabaseUnavailable, isDiskFull } from './database/unavailable.ts';

/** What Fastify and Nest refuse by themselves, in our words. Their own texts may quote the request. */
const BY_FRAMEWORK_CODE: Record<string, { code: ErrorCode; detail: string }> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    code: 'payload-too-large',
    detail: 'The body is larger than 1 MiB. Send less at once.',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'unsupported-media-type',
    detail: 'Send JSON, with the header Content-Type: application/json.',
  },
  FST_ERR_CTP_INVALID_JSON_BODY: {
    code: 'validation',
    detail: 'The body holds a name that JSON from outside may not hold, such as __proto__. Leave it out.',
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: 'validation',
    detail: 'The body is not as long as Content-Length says.',
  },
  FST_CP_ERR_INVALID_CONTENT_ENCODING: {
    code: 'unsupported-media-type',
    detail: 'Content-Encoding names what is not read here. Send the body as it is, or packed by gzip or br.',
  },
  FST_CP_ERR_INVALID_CONTENT: {
    code: 'validation',
    detail: 'The body cannot be unpacked as Content-Encoding says.',
  },
  FST_ERR_BAD_URL: { code: 'validation', detail: 'The path of the request cannot be decoded.' },
  FST_ERR_MAX_PARAM_LENGTH: { code: 'not-found', detail: 'A part of the path is too long for any id.' },
};

/**
 * Whatever was thrown, as the refusal that the caller sees. Only what we wrote ourselves is told; the rest is
 * `internal`.
 */
export function toMailpathError(error: unknown): MailpathError {
  if (error instanceof MailpathError) return error;
  if (isDiskFull(error)) {
    return new MailpathError(
      'unavailable',
      'The disk of the database is full: nothing can be stored until there is room on it.',
      { retryAfterSeconds: 30, cause: error },
    );
  }
  if (isDatabaseUnavailable(error)) {
    return new MailpathError('unavailable', 'The database does not answer now. Try again in a few seconds.', {
      retryAfterSeconds: 5,
      cause: error,
    });
  }
  const known = BY_FRAMEWORK_CODE[frameworkCode(error)];
  if (known) return new MailpathError(known.code, known.detail, { cause: error });
  const status = statusOf(error);
  if (status === 404) {
    return new MailpathError('not-found', 'There is nothing at this path. /docs lists what there is.', {
      cause: error,
    });
  }
  const code = (Object.keys(ERROR_STATUS) as ErrorCode[]).find(
    (each) => ERROR_STATUS[each] === status && each !== 'internal',
  );
  if (code) return new MailpathError(code, 'The request cannot be read.', { cause: error });
  if (status >= 400 && status < 500) {
    return new MailpathError('validation', 'The request cannot be read.', { cause: error });
  }
  return new MailpathError(
    'internal',
    'Something went wrong in Mailpath itself. Its log holds the reason under this request id.',
    { cause: error },
  );
}

/** Nest hands on what Fastify refused as the cause of an exception of its own. */
function frameworkCode(error: unknown): string {
  const { code, cause } = (error ?? {}) as { code?: string; cause?: { code?: string } };
  return code ?? cause?.code ?? '';
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : 500;
}
