import type { FastifyInstance } from 'fastify';
import { invalidFields } from '../errors.ts';
import { notJson } from '../field-refusals.ts';
import { jsonFault } from './json-fault.ts';

const JSON_TYPE = 'application/json';

/**
 * Bodies of JSON. An empty one is no body, whatever its header says: programs set `Content-Type` once for all requests.
 * One that cannot be read is refused with the place at which it goes wrong; what stands there is not repeated.
 */
export function addJsonParser(http: FastifyInstance): void {
  const parse = http.getDefaultJsonParser('error', 'error');
  http.removeContentTypeParser(JSON_TYPE);
  http.addContentTypeParser<string>(JSON_TYPE, { parseAs: 'string' }, (request, body, done) => {
    if (body.trim() === '') return done(null, undefined);
    void parse(request, body, (error, value) => (error ? done(refusal(body, error)) : done(null, value)));
  });
}

function refusal(body: string, cause: Error): Error {
  const fault = jsonFault(body);
  if (fault === null) return cause; // it can be read, and is refused for the names in it
  return invalidFields([{ field: 'body', refusal: notJson(fault) }], { cause });
}
