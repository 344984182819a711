import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import { Public } from './public.ts';
import { ERROR_STATUS, type ErrorCode } from '../errors.ts';

const MEANING: Record<ErrorCode, string> = {
  validation: 'The request is not as described; `errors` names each field.',
  unauthorized: 'No API key was sent, or one that is not known or was revoked.',
  'enrolment-refused': 'The enrolment code is wrong, used or expired.',
  'not-found': 'What the path names does not exist.',
  conflict: 'It contradicts what is stored already.',
  'payload-too-large': 'The body is larger than 1 MiB.',
  'unsupported-media-type': 'The body is not JSON.',
  'too-many-requests': 'Too many attempts; Retry-After says when the next one is due.',
  internal: 'A fault in Mailpath itself.',
  unavailable: 'The database does not answer; Retry-After says when to try again.',
};

export interface OperationOptions {
  /** The operationId: a verb and a noun, for ever. */
  id: string;
  summary: string;
  description?: string;
  answer: { status?: 200 | 201 | 202 | 204 | 303; schema?: z.ZodType; description: string };
  /** The refusals of this operation beside those of every one (401, 503) and of every body (413, 415). */
  problems?: readonly ErrorCode[];
  /** Open to callers without an API key. */
  public?: boolean;
  /** The answer holds sentences, in the language that the caller accepts. */
  words?: boolean;
  /** Answered without the database, or about it: 503 is no refusal here. */
  always?: boolean;
}

/** One refusal as it stands in the document; its body is a Problem. */
export const problemResponse = (code: ErrorCode) => ({
  description: MEANING[code],
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

const ACCEPT_LANGUAGE = {
  name: 'Accept-Language',
  description:
    'The language of the sentences: en (also where nothing is said) or ja. Content-Language says which it is.',
  required: false,
  schema: { type: 'string' },
} as const;

/** What an operation is called and answers: sets the status, the access and its whole entry in the OpenAPI document. */
export function Operation({ id, summary, description, answer, problems = [], ...rest }: OperationOptions) {
  const open = rest.public === true;
  const status = answer.status ?? 200;
  const codes: ErrorCode[] = [
    ...problems,
    ...(open ? [] : (['unauthorized'] as const)),
    ...(rest.always ? [] : (['unavailable'] as const)),
  ];
  return applyDecorators(
    HttpCode(status),
    ...(open ? [Public()] : []),
    ApiOperation({
      operationId: id,
      summary,
      ...(description && { description }),
      ...(open && { security: [] }),
    }),
    ...(rest.words ? [ApiHeader(ACCEPT_LANGUAGE)] : []),
    ApiResponse({
      status,
      description: answer.description,
      ...(answer.schema && { standardSchema: answer.schema }),
    }),
    ...[...new Set(codes)].map((code) =>
      ApiResponse({ status: ERROR_STATUS[code], ...problemResponse(code) }),
    ),
  );
}
