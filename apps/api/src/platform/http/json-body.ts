import type { FastifyInstance, FastifyRequest } from 'fastify';
import { invalidField, invalidFields, MailpathError } from '../errors.ts';
import { namesToLeaveOut, notJson, notUtf8, standsTwice } from '../field-refusals.ts';
import { otherCharset } from '../refusals.ts';
import { jsonFault, repeatedName } from './json-fault.ts';

const JSON_TYPE = 'application/json';
/** What may be told in a message of a name that the caller chose. */
const SHOWN = 100;
/** RFC 8259, section 8.1: JSON between systems is UTF-8, of which US-ASCII is a part. */
const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]+)/i;
const IS_UTF_8 = /^(?:utf-?8|us-ascii)$/i;
/** Programs write these bodies, a megabyte each, and nobody mistypes a name in them. */
const BY_PROGRAMS = '/v1/agents/';

/**
 * Bodies of JSON. An empty one is no body, whatever its header says: programs set `Content-Type` once for all requests.
 * One that cannot be read is refused with the place at which it goes wrong; what stands there is not repeated. Bytes
 * of another character set are refused as well: read as UTF-8 they would be kept as other letters than were meant.
 */
export function addJsonParser(http: FastifyInstance): void {
  const parse = http.getDefaultJsonParser('error', 'error');
  http.removeContentTypeParser(JSON_TYPE);
  http.addContentTypeParser<Buffer>(JSON_TYPE, { parseAs: 'buffer' }, (request, bytes, done) => {
    const text = utf8(request, bytes);
    if (typeof text !== 'string') return done(text);
    if (text.trim() === '') return done(null, undefined);
    void parse(request, text, (error, value) => {
      const refused = error ? refusal(text, error) : ambiguity(request, text);
      return refused ? done(refused) : done(null, value);
    });
  });
}

/** The text of a body, without its byte order mark; the refusal where it has none in UTF-8. */
function utf8({ headers }: FastifyRequest, bytes: Buffer): string | MailpathError {
  const [, charset = 'utf-8'] = CHARSET.exec(headers['content-type'] ?? '') ?? [];
  if (!IS_UTF_8.test(charset)) return new MailpathError('unsupported-media-type', otherCharset());
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    return invalidFields([{ field: 'body', refusal: notUtf8() }], { cause });
  }
}

function refusal(body: string, cause: Error): Error {
  const fault = jsonFault(body);
  const refused = fault === null ? namesToLeaveOut() : notJson(fault);
  return invalidFields([{ field: 'body', refusal: refused }], { cause });
}

/** Of a field that stands twice programs read the first or the last: who sent it may mean the other (RFC 8259, 4). */
function ambiguity(request: FastifyRequest, body: string): MailpathError | null {
  if (request.routeOptions.url?.startsWith(BY_PROGRAMS)) return null;
  const twice = repeatedName(body);
  if (twice === null) return null;
  return invalidField(twice.name.toWellFormed().slice(0, SHOWN), standsTwice(twice));
}
