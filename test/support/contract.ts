import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Answer } from '../../apps/api/src/platform/http/answers.ts';

interface Media {
  content?: Record<string, { schema?: object }>;
}
interface Documented {
  operationId: string;
  responses: Record<string, Media>;
}
interface Document {
  paths: Record<string, Record<string, Documented>>;
}

const file = join(import.meta.dirname, '../../docs/openapi.json');
/** What openapi.e2e-spec.ts holds to be the document that is served. */
export const openapi = JSON.parse(readFileSync(file, 'utf8')) as Document;

/**
 * Pages for people, and the document itself, which stand in no document. Routes of the API begin with /v1 or /health.
 */
const UNDOCUMENTED = /^\/(?:docs|openapi\.json)/;
const isOfDashboard = (route: string | null): boolean => route !== null && !/^\/(?:v1|health)\//.test(route);
const PROBLEM = 'application/problem+json';

/** Answers may hold nothing that the document does not name. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [key, closed(inner)]);
  const object = Object.fromEntries(entries);
  const isOpen =
    'properties' in object && typeof object['properties'] === 'object' && object['type'] === 'object';
  return isOpen && !('additionalProperties' in object) ? { ...object, additionalProperties: false } : object;
}

const ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: true });
formats.default(ajv);
ajv.addSchema(closed(openapi) as object, 'openapi');
const validators = new Map<string, ValidateFunction>();

function validatorAt(pointer: string): ValidateFunction {
  const known = validators.get(pointer);
  if (known) return known;
  const made = ajv.compile({ $ref: `openapi#${pointer}` });
  validators.set(pointer, made);
  return made;
}

const escape = (part: string): string => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));

/** `/v1/sites/:siteId` of a route is `/v1/sites/{siteId}` of the document. */
const documentedPath = (route: string): string => route.replace(/:(\w+)/g, '{$1}');

/** In which way an answer is not as the document says; null where it is. */
export function contradiction(answer: Answer): string | null {
  const { method, route, status, contentType, body, url } = answer;
  if (UNDOCUMENTED.test(route ?? url) || isOfDashboard(route)) return null;
  const named = `${method} ${route ?? url} ${status}`;
  const problem = () => against('/components/schemas/Problem', named, body);
  if (route === null)
    return contentType.startsWith(PROBLEM) ? problem() : `${named}: no problem, but ${contentType}`;
  const path = documentedPath(route);
  const verb = method === 'HEAD' ? 'get' : method.toLowerCase();
  const responses = openapi.paths[path]?.[verb]?.responses;
  if (!responses) return `${named}: the document has no such operation`;
  const response = responses[String(status)];
  if (!response) return `${named}: the document does not say that this may be answered`;
  // A stream has no end at which it could be read as a whole.
  if (contentType.startsWith('text/event-stream')) return null;
  if (body === '' || method === 'HEAD') {
    const must = method !== 'HEAD' && Object.keys(response.content ?? {}).length > 0;
    return must ? `${named}: the document says that there is a body` : null;
  }
  const type = contentType.split(';')[0] ?? '';
  const media = response.content?.[type];
  if (!media)
    return `${named}: ${type} is not among ${Object.keys(response.content ?? {}).join(', ') || 'nothing'}`;
  if (!media.schema || !type.endsWith('json')) return null;
  const place = ['paths', path, verb, 'responses', String(status), 'content', type, 'schema'];
  return against(`/${place.map(escape).join('/')}`, named, body);
}

function against(pointer: string, named: string, body: string): string | null {
  const validate = validatorAt(pointer);
  if (validate(JSON.parse(body))) return null;
  const [error] = validate.errors ?? [];
  return `${named}: ${error?.instancePath || 'the body'} ${error?.message} ${JSON.stringify(error?.params)}`;
}

const found: string[] = [];
const listeners = new Set<(answer: Answer) => void>();

/** Tells every answer from now on. */
export const onEveryAnswer = (listener: (answer: Answer) => void): void => void listeners.add(listener);

/** The operation that a route belongs to. */
export const operationOf = ({ method, route }: Pick<Answer, 'method' | 'route'>): string | undefined =>
  openapi.paths[documentedPath(route ?? '')]?.[method.toLowerCase()]?.operationId;

/** Holds an answer of any test against the document; contract-setup.ts fails the test that it came in. */
export function holdAgainstDocument(answer: Answer): void {
  for (const listener of listeners) listener(answer);
  const broken = contradiction(answer);
  if (broken !== null) found.push(broken);
}

/** What was found since this was asked last. */
export const takeContradictions = (): string[] => found.splice(0);
