import { applyDecorators, HttpCode, UseInterceptors } from '@nestjs/common';
import { ApiExtension, ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import { Located } from '../http/location.ts';
import { Versioned } from '../http/version.ts';
import { Idempotent } from './idempotent.ts';
import { Asked, Shown } from '../http/asked-operation.ts';
import type { Needs } from '../needs.ts';
import { ERROR_STATUS, type ErrorCode } from '../errors.ts';

/** What each code means, for whoever decides by it. */
export const MEANING: Record<ErrorCode, string> = {
  validation: 'The request is not as described; `errors` names each field.',
  unauthorized: 'No API key or session was sent, or one that is not known, has expired or was revoked.',
  forbidden:
    'The caller has a role at this site, or in this installation, that does not include the operation; or a browser came by a name that is not that of Mailpath.',
  'enrolment-refused': 'The enrolment code is wrong, used or expired.',
  'not-found': 'What the path names does not exist.',
  'method-not-allowed': 'There is no such method at this path; Allow names those there are.',
  conflict: 'It contradicts what is stored already.',
  'precondition-failed':
    'If-Match does not name the version that is stored: it was changed since it was read.',
  'payload-too-large': 'The body is larger than 1 MiB.',
  'unsupported-media-type': 'The body is not JSON.',
  'idempotency-key-reused': 'The Idempotency-Key came with another body before.',
  'too-many-requests': 'Too many requests from this address; Retry-After says when the next one is due.',
  internal: 'A fault in Mailpath itself.',
  unavailable: 'The database does not answer; Retry-After says when to try again.',
};

export interface OperationOptions {
  /** The operationId: a verb and a noun, for ever. */
  id: string;
  /** Which callers it is open to. With a role: at the site in its path, and where there is none, in the whole. */
  needs: Needs;
  summary: string;
  description?: string;
  /** Something is another afterwards: what the audit log tells of. Every method but GET, where it is not said. */
  changes?: boolean;
  answer: { status?: 200 | 201 | 202 | 204 | 303; schema?: z.ZodType; description: string };
  /** The refusals of this operation beside those of every one (401, 503) and of every body (413, 415). */
  problems?: readonly ErrorCode[];
  /** Server-sent events without an end, each of this shape. */
  events?: { schema: z.ZodType; example: unknown };
  /** The same answer may come as text of this type. */
  alsoAs?: 'text/html';
  /** A page for a person. */
  page?: boolean;
  /** Opened by a person's browser: to one that likes pages better, each refusal is a page. */
  shown?: boolean;
  /** Where to read what was created, such as `/v1/sites/{id}`, with fields of the answer and of the path in braces. */
  location?: string;
  /** The fields that a change can set: the answer's ETag then serves as If-Match of a change. */
  version?: readonly string[];
  /** If-Match is read, and 412 answered where it does not hold. */
  conditional?: boolean;
  /** Sent again with the same Idempotency-Key, it is answered as before. */
  idempotent?: boolean;
  /** The answer holds sentences, in the language that the caller accepts. */
  words?: boolean;
  /** Answered without the database, or about it: 503 is no refusal here. */
  always?: boolean;
}

/** Marks an operation whose answer may come as text of another type, until the document is complete. */
export const ALSO_AS = 'x-also-as';
/** Marks an operation that answers with events until the document is complete; its value is an example. */
export const EVENTS = 'x-events';

const HTML = { 'text/html': { schema: { type: 'string' } } } as const;

/** One refusal as it stands in the document; its body is a Problem. */
export const problemResponse = (code: ErrorCode) => ({
  description: MEANING[code],
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

/** One that a person may see as a page. */
function refusalPage(code: ErrorCode) {
  const { description, content } = problemResponse(code);
  return { description, content: { ...content, ...HTML } };
}

const ACCEPT_LANGUAGE = {
  name: 'Accept-Language',
  description:
    'The language of the sentences: en (also where nothing is said) or ja. Content-Language says which it is.',
  required: false,
  schema: { type: 'string' },
} as const;

const LAST_EVENT_ID = {
  name: 'Last-Event-ID',
  description: 'The id of the newest event that was heard: what came after it is told first.',
  required: false,
  schema: { type: 'string' },
} as const;

const IF_MATCH = {
  name: 'If-Match',
  description:
    'The ETag of the answer that the change is based on: it is made only if nobody has changed the same fields since. Left out, or `*`, it is made in any case.',
  required: false,
  schema: { type: 'string' },
} as const;

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  description:
    '1 to 200 visible ASCII characters, new for each new request, such as a UUID. Sent again with the same key within 24 hours, the request creates nothing and is answered as the first time, with `Idempotency-Replayed: true`.',
  required: false,
  schema: { type: 'string', minLength: 1, maxLength: 200, pattern: '^[\\x21-\\x7e]+$' },
} as const;

/** What an operation is called and answers: sets the status, the access and its whole entry in the OpenAPI document. */
export function Operation({
  id,
  needs,
  summary,
  description,
  answer,
  problems = [],
  ...rest
}: OperationOptions) {
  const open = needs === 'anyone';
  const status = answer.status ?? 200;
  const codes: ErrorCode[] = [
    ...problems,
    ...(rest.conditional ? (['precondition-failed'] as const) : []),
    ...(rest.idempotent ? (['conflict', 'idempotency-key-reused'] as const) : []),
    'too-many-requests',
    'internal',
    ...(open ? [] : (['unauthorized'] as const)),
    // Also where no role is needed: to a browser that comes by another name.
    'forbidden',
    ...(rest.always ? [] : (['unavailable'] as const)),
  ];
  return applyDecorators(
    HttpCode(status),
    Asked({ id, needs, changes: rest.changes, conditional: rest.conditional }),
    ...(rest.shown ? [Shown()] : []),
    ApiExtension('x-mailpath-needs', needs),
    ApiOperation({
      operationId: id,
      summary,
      ...(description && { description }),
      ...(open && { security: [] }),
    }),
    ...(rest.events ? [ApiExtension(EVENTS, rest.events.example), ApiHeader(LAST_EVENT_ID)] : []),
    ...(rest.alsoAs ? [ApiExtension(ALSO_AS, rest.alsoAs)] : []),
    ...(rest.words || rest.shown ? [ApiHeader(ACCEPT_LANGUAGE)] : []),
    ...(rest.conditional ? [ApiHeader(IF_MATCH)] : []),
    ...(rest.idempotent ? [ApiHeader(IDEMPOTENCY_KEY), Idempotent()] : []),
    ...(rest.location ? [UseInterceptors(new Located(rest.location))] : []),
    ...(rest.version ? [UseInterceptors(new Versioned(rest.version))] : []),
    ApiResponse({
      status,
      description: answer.description,
      ...(answer.schema && { standardSchema: answer.schema }),
      ...(rest.events && { standardSchema: rest.events.schema }),
      ...(rest.page && { content: HTML }),
      ...(rest.location && { headers: { Location: { $ref: '#/components/headers/Location' } as never } }),
    }),
    ...[...new Set(codes)].map((code) =>
      ApiResponse({
        status: ERROR_STATUS[code],
        ...(rest.shown ? refusalPage(code) : problemResponse(code)),
      }),
    ),
  );
}
