import type { FastifyInstance, FastifyRequest } from 'fastify';
import { MailpathError } from '../errors.ts';
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
  if (!IS_UTF_8.test(charset))
    return new MailpathError(
      'unsupported-media-type',
      "The body is said to be in another character set than UTF-8. Send UTF-8; PowerShell 5.1 does with -ContentType 'application/json; charset=utf-8'.",
    );
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    return bodyFault(
      "not in UTF-8: send UTF-8; PowerShell 5.1 does with -ContentType 'application/json; charset=utf-8'",
      "The body is not in UTF-8. Send UTF-8; PowerShell 5.1 does with -ContentType 'application/json; charset=utf-8'.",
      cause,
    );
  }
}

function refusal(body: string, cause: Error): Error {
  const fault = jsonFault(body);
  if (fault === null)
    return bodyFault(
      'leave out the names __proto__ and constructor.prototype, which JSON from outside may not hold',
      'The body holds a name that JSON from outside may not hold, such as __proto__. Leave it out.',
      cause,
    );
  const { line, column, expected } = fault;
  const place = `line ${line}, column ${column}`;
  return bodyFault(
    `not valid JSON at ${place}: write ${expected} there`,
    `The body is not valid JSON at ${place}: ${expected} is missing.`,
    cause,
  );
}

/** Of a field that stands twice programs read the first or the last: who sent it may mean the other (RFC 8259, 4). */
function ambiguity(request: FastifyRequest, body: string): MailpathError | null {
  if (request.routeOptions.url?.startsWith(BY_PROGRAMS)) return null;
  const twice = repeatedName(body);
  if (twice === null) return null;
  const place = `line ${twice.line}, column ${twice.column}`;
  const field = twice.name.toWellFormed().slice(0, SHOWN);
  return new MailpathError(
    'validation',
    `A field stands twice in one object of the body, again at ${place}.`,
    {
      errors: [
        { field, message: `this field stands in its object already, and again at ${place}: leave one out` },
      ],
    },
  );
}

const bodyFault = (message: string, detail: string, cause: unknown): MailpathError =>
  new MailpathError('validation', detail, { errors: [{ field: 'body', message }], cause });
