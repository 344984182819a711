import { describeParameter, type ParameterObject, type SchemaObject } from './describe.ts';
import { ALSO_AS, EVENTS, problemResponse } from './operation.ts';

export interface MediaObject {
  schema?: SchemaObject;
  example?: unknown;
}
export interface ResponseObject {
  description?: string;
  headers?: Record<string, object>;
  content?: Record<string, MediaObject>;
}
export interface OperationObject {
  operationId: string;
  summary?: string;
  description?: string;
  parameters?: ParameterObject[];
  requestBody?: { description?: string; content?: Record<string, MediaObject> };
  responses: Record<string, ResponseObject>;
  [EVENTS]?: unknown;
  [ALSO_AS]?: string;
}

const text = (description: string, example: string) => ({ description, schema: { type: 'string' }, example });
const count = (description: string, example: number) => ({
  description,
  schema: { type: 'integer' },
  example,
});

/** Headers of answers, by name. */
export const HEADERS = {
  ETag: text(
    'The version of the answer, for If-None-Match, and for If-Match where there is a change.',
    '"Qm0xZk9yUm8tQ2E1YkhpbA.b3V0bG9vay5vZmZpY2UzNg"',
  ),
  Location: text('The path of what was created.', '/v1/sites/01a20bac-7abe-74ff-a112-9ae128132374'),
  RequestId: text(
    "The id of the request, which the API's log has too.",
    'b0e1c1d6-9f1f-4a5e-8f53-0c3c1f9f2a11',
  ),
  RateLimitLimit: count('How many requests an address may send in a minute.', 1200),
  RateLimitRemaining: count('How many it has left.', 1187),
  RateLimitReset: count('In how many seconds it has all of them again.', 42),
  RetryAfter: count('In how many seconds another try is due.', 5),
  IdempotencyReplayed: text('`true` where the answer is that to the first request with this key.', 'true'),
};
const header = (name: keyof typeof HEADERS) => ({ $ref: `#/components/headers/${name}` });

const EVERY_ANSWER = {
  'X-Request-Id': header('RequestId'),
  'RateLimit-Limit': header('RateLimitLimit'),
  'RateLimit-Remaining': header('RateLimitRemaining'),
  'RateLimit-Reset': header('RateLimitReset'),
};

const IF_NONE_MATCH: ParameterObject = {
  name: 'If-None-Match',
  in: 'header',
  description: 'The ETag of an answer that you have: 304 says that it is still the newest.',
  schema: { type: 'string' },
};

/** Adds what follows from the method alone, so that no controller can forget it. */
export function completeOperation(method: string, operation: OperationObject): void {
  const { responses, requestBody, parameters = [] } = operation;
  if (method !== 'get') {
    // Even where none is wanted a body is read: one that is too large, of another type or no JSON is refused.
    responses['400'] ??= problemResponse('validation');
    responses['413'] = problemResponse('payload-too-large');
    responses['415'] = problemResponse('unsupported-media-type');
  }
  nameEvents(operation);
  nameOtherType(operation);
  if (requestBody) requestBody.description ??= 'What is asked for, as JSON.';
  const read = responses['200'];
  if (method === 'get' && read?.content?.['application/json'] && !operation.operationId.endsWith('ness')) {
    read.headers = { ...read.headers, ETag: header('ETag') };
    responses['304'] = {
      description: 'Nothing is new: the answer is the one that If-None-Match names.',
      headers: { ETag: header('ETag') },
    };
    operation.parameters = [...parameters, IF_NONE_MATCH];
  }
  if (method === 'patch' && read) read.headers = { ...read.headers, ETag: header('ETag') };
  // A redirect is the success of a form; whatever else may come is a refusal.
  if (responses['303']) responses['default'] = problemResponse('internal');
  for (const parameter of operation.parameters ?? []) describeParameter(operation.operationId, parameter);
  operation.description ??= `${operation.summary ?? ''}.`;
  for (const [status, response] of Object.entries(responses)) {
    response.headers = { ...response.headers, ...EVERY_ANSWER };
    if (status === '429' || status === '503') response.headers['Retry-After'] = header('RetryAfter');
    if (status === '201' || status === '202')
      response.headers['Idempotency-Replayed'] = header('IdempotencyReplayed');
  }
}

/** Beside JSON. */
function nameOtherType(operation: OperationObject): void {
  const { [ALSO_AS]: type, responses } = operation;
  const { content } = responses['200'] ?? {};
  if (type === undefined || !content) return;
  content[type] = { schema: { type: 'string' }, example: '<!doctype html><html lang="en">…</html>' };
  delete operation[ALSO_AS];
}

/** The document knows answers of JSON alone until now. */
function nameEvents(operation: OperationObject): void {
  const example = operation[EVENTS];
  const { content } = operation.responses['200'] ?? {};
  if (example === undefined || !content) return;
  content['text/event-stream'] = { ...content['application/json'], example };
  delete content['application/json'];
  delete operation[EVENTS];
}
