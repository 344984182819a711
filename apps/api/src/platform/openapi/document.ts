import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { Problem } from '@mailpath/protocol';
import { Components } from './components.ts';
import { problemResponse } from './operation.ts';

const API_VERSION = '1';

interface OperationObject {
  requestBody?: unknown;
  responses: Record<string, object>;
}

/** The OpenAPI 3.1 document of every controller, in an order that does not depend on who registers first. */
export function createDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Mailpath')
    .setDescription(
      'Which ECE server cannot use Microsoft 365 mail, at which step, why, who must act, and what to do.\n\n' +
        'Send an API key as `Authorization: Bearer mpk_…`. Every refusal is `application/problem+json` (RFC 9457). ' +
        'Lists are read page by page: give `nextCursor` back as `cursor`. Times are RFC 3339 in UTC, ids are UUIDs.',
    )
    .setVersion(API_VERSION)
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key.' }, 'apiKey')
    .addSecurityRequirements('apiKey')
    .build();
  const components = new Components();
  const convert = (schema: unknown) => components.convert(schema);
  const document = SwaggerModule.createDocument(app, config, { standardSchemaConverter: convert });
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, ...convert(Problem).components },
  };
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path as Record<string, OperationObject>)) describeBody(operation);
  }
  return sorted(document) as OpenAPIObject;
}

/** Whatever takes a body refuses one that is too large or no JSON. */
function describeBody({ requestBody, responses }: OperationObject): void {
  if (!requestBody) return;
  responses['413'] = problemResponse('payload-too-large');
  responses['415'] = problemResponse('unsupported-media-type');
}

/** The document as it is stored in docs/openapi.json. */
export const renderDocument = (document: OpenAPIObject): string => `${JSON.stringify(document, null, 2)}\n`;

/** Lists stay as they are: their order means something (`enum`, `required`, `prefixItems`). */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
