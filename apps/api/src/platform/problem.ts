import { HttpException } from '@nestjs/common';
import { ERROR_STATUS, MailpathError, type ErrorCode } from './errors.ts';
import { isDatabaseUnavailable, isDiskFull } from './database/unavailable.ts';
import {
  badPath,
  bodyTooLarge,
  databaseSilent,
  diskFull,
  forbiddenName,
  notJsonType,
  notUnpacked,
  nothingHere,
  otherEncoding,
  otherLength,
  ownFault,
  pathTooLong,
  unreadable,
} from './refusals.ts';
import type { Refusal } from './refusal.ts';

/** What Fastify and Nest refuse by themselves, in our words. Their own texts may quote the request. */
const BY_FRAMEWORK_CODE: Record<string, { code: ErrorCode; refusal: Refusal }> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    code: 'payload-too-large',
    refusal: bodyTooLarge(),
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'unsupported-media-type',
    refusal: notJsonType(),
  },
  FST_ERR_CTP_INVALID_JSON_BODY: {
    code: 'validation',
    refusal: forbiddenName(),
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: 'validation',
    refusal: otherLength(),
  },
  FST_CP_ERR_INVALID_CONTENT_ENCODING: { code: 'unsupported-media-type', refusal: otherEncoding() },
  FST_CP_ERR_INVALID_CONTENT: { code: 'validation', refusal: notUnpacked() },
  FST_ERR_BAD_URL: { code: 'validation', refusal: badPath() },
  FST_ERR_MAX_PARAM_LENGTH: { code: 'not-found', refusal: pathTooLong() },
};

/**
 * Whatever was thrown, as the refusal that the caller sees. Only what we wrote ourselves is told; the rest is
 * `internal`.
 */
export function toMailpathError(error: unknown): MailpathError {
  if (error instanceof MailpathError) return error;
  if (isDiskFull(error)) {
    return new MailpathError('unavailable', diskFull(), { retryAfterSeconds: 30, cause: error });
  }
  if (isDatabaseUnavailable(error)) {
    return new MailpathError('unavailable', databaseSilent(), { retryAfterSeconds: 5, cause: error });
  }
  const known = BY_FRAMEWORK_CODE[frameworkCode(error)];
  if (known) return new MailpathError(known.code, known.refusal, { cause: error });
  const status = statusOf(error);
  if (status === 404) {
    return new MailpathError('not-found', nothingHere(), { cause: error });
  }
  const code = (Object.keys(ERROR_STATUS) as ErrorCode[]).find(
    (each) => ERROR_STATUS[each] === status && each !== 'internal',
  );
  if (code) return new MailpathError(code, unreadable(), { cause: error });
  if (status >= 400 && status < 500) {
    return new MailpathError('validation', unreadable(), { cause: error });
  }
  return new MailpathError('internal', ownFault(), { cause: error });
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
