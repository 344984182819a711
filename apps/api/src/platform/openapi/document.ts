import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { Problem } from '@mailpath/protocol';
import { ERROR_STATUS } from '../errors.ts';
import { Components } from './components.ts';
import { describeSchemas, type SchemaObject } from './describe.ts';
import recorded from './examples.json' with { type: 'json' };
import { type Examples, addExamples } from './examples.ts';
import { completeOperation, HEADERS, type OperationObject } from './complete-operation.ts';
import { MEANING } from './operation.ts';
import { licence } from './licence.ts';
import { TAGS } from './words/tags.ts';
import { SESSION_COOKIE } from '../http/caller.ts';

const API_VERSION = '1';
const INTRODUCTION = [
  'Which ECE server cannot use Microsoft 365 mail, at which step, why, who must act, and what to do.',
  '**Sign in.** Send an API key as `Authorization: Bearer mpk_…`; the first start prints one, `npm run api-key -- NAME` makes more.',
  '**Refusals** are `application/problem+json` (RFC 9457): decide by `code`, show `detail`. Every answer has an `X-Request-Id` that the log has too.',
  '**Lists** are read page by page: give `nextCursor` back as `cursor`. Filters take several values with commas between. Times are RFC 3339, in UTC in answers, with any offset in requests; ids are UUIDs.',
  '**Polling.** Every read has an `ETag`: send it as `If-None-Match`, and 304 says that nothing is new. **Changes** may carry it as `If-Match`: 412 says that somebody else was first.',
  '**Again.** A request that creates something may carry an `Idempotency-Key`: sent again, it creates nothing and is answered as before.',
  '**How much.** `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset` say how many requests an address has left; 429 and `Retry-After` when it has none.',
].join('\n\n');

/** The OpenAPI 3.1 document of every controller, in an order that does not depend on who registers first. */
export function createDocument(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Mailpath')
    .setDescription(INTRODUCTION)
    .setVersion(API_VERSION)
    .setContact('The administrator of this Mailpath', '/', '')
    .addServer('/', 'The Mailpath that serves this document.')
    .addBearerAuth(
      {
        type: 'http',
        scheme: 'bearer',
        description: 'An API key: `mpk_` and 43 characters. It is no JWT, and it holds until it is revoked.',
      },
      'apiKey',
    )
    .addCookieAuth(
      SESSION_COOKIE,
      {
        type: 'apiKey',
        description:
          'The session of a browser, as POST /v1/session gives it. Changes need Sec-Fetch-Site: same-origin as well.',
      },
      'session',
    )
    .addSecurityRequirements('apiKey')
    .addSecurityRequirements('session');
  for (const [name, description] of Object.entries(TAGS)) builder.addTag(name, description);
  const components = new Components();
  const convert = (schema: unknown) => components.convert(schema);
  const document = SwaggerModule.createDocument(app, builder.build(), { standardSchemaConverter: convert });
  document.info = {
    ...document.info,
    contact: { name: 'The administrator of this Mailpath' },
    license: licence(),
  };
  const schemas = { ...document.components?.schemas, ...convert(Problem).components } as Record<
    string,
    SchemaObject
  >;
  nameCodes(schemas);
  describeSchemas(schemas);
  document.components = { ...document.components, schemas: schemas as never, headers: HEADERS as never };
  for (const path of Object.values(document.paths))
    for (const [method, operation] of Object.entries(path as Record<string, OperationObject>))
      completeOperation(method, operation);
  addExamples(document, recorded as Examples);
  return sorted(document) as OpenAPIObject;
}

/** The codes are a closed list of the API, which the protocol's own schema does not know. */
function nameCodes(schemas: Record<string, SchemaObject>): void {
  const codes = Object.keys(ERROR_STATUS) as (keyof typeof ERROR_STATUS)[];
  const lines = codes.map((code) => `- \`${code}\` (${ERROR_STATUS[code]}): ${MEANING[code]}`);
  schemas['ProblemCode'] = {
    type: 'string',
    enum: codes,
    description: ['Why a request was refused; docs/problems.md says what to do.', '', ...lines].join('\n'),
  };
  const { properties } = schemas['Problem'] as SchemaObject;
  if (properties) properties['code'] = { $ref: '#/components/schemas/ProblemCode' };
}

/** The document as it is stored in docs/openapi.json. */
export const renderDocument = (document: OpenAPIObject): string => `${JSON.stringify(document, null, 2)}\n`;

/** Lists stay as they are: their order means something (`enum`, `required`, `prefixItems`, `tags`). */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, key === 'pattern' ? plain(inner) : sorted(inner)]),
  );
}

/** Readers without Unicode property escapes take `\p{Cc}` for letters: the control characters are written out. */
const plain = (pattern: unknown): unknown =>
  typeof pattern === 'string'
    ? pattern.replaceAll(String.raw`\p{Cc}`, String.raw`\u0000-\u001f\u007f-\u009f`)
    : sorted(pattern);
