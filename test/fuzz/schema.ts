import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { openapi } from '../support/contract.ts';

/** What of JSON Schema the document uses for what is sent. */
export interface Schema {
  $ref?: string;
  type?: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object' | 'null';
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  propertyNames?: Schema;
}
export interface Parameter {
  $ref?: string;
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: Schema;
}
export interface Operation {
  method: string;
  path: string;
  operationId: string;
  parameters: Parameter[];
  body: { schema: Schema; example: unknown } | null;
  isPublic: boolean;
}

/** What a reference leads to, however many there are in a row. */
export function resolved<T extends { $ref?: string }>(value: T): T {
  if (value.$ref === undefined) return value;
  const parts = value.$ref.slice(2).split('/');
  const found = parts.reduce<unknown>((inner, part) => (inner as Record<string, unknown>)[part], openapi);
  return resolved(found as T);
}

/** Every operation of the document, in its order. */
export function operations(): Operation[] {
  return Object.entries(openapi.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const { operationId, parameters, requestBody, security } = operation as unknown as {
        operationId: string;
        parameters?: Parameter[];
        requestBody?: { content: Record<string, { schema: Schema; example?: unknown }> };
        security?: unknown[];
      };
      const media = requestBody?.content['application/json'];
      return {
        method: method.toUpperCase(),
        path,
        operationId,
        parameters: (parameters ?? []).map(resolved),
        body: media ? { schema: media.schema, example: media.example } : null,
        isPublic: security?.length === 0,
      };
    }),
  );
}

const ajv = new Ajv2020({ strict: false, validateFormats: true });
formats.default(ajv);
ajv.addSchema(openapi, 'openapi');
const validators = new Map<string, ValidateFunction>();

/** Whether a value is as a schema of the document says. */
export function fits(schema: Schema, value: unknown): boolean {
  const text = JSON.stringify(schema);
  const known = validators.get(text);
  const validate = known ?? ajv.compile(JSON.parse(text.replaceAll('"#/', '"openapi#/')) as object);
  if (!known) validators.set(text, validate);
  return validate(value);
}
