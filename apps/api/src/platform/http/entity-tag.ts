import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** The version of what an answer shows, where it can be changed under a condition: the first part of its tag. */
const versions = new WeakMap<FastifyReply, string>();

export const setVersion = (reply: FastifyReply, version: string): void => void versions.set(reply, version);

/** When an answer was made changes with every answer and says nothing new. */
const MOMENT_OF_ANSWER = /"generatedAt":"[^"]{0,40}"/g;

export const digest = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, 22);

/** Tags every 200 to a GET of the API, and answers 304 to whoever has it already (RFC 9110, section 13.1.2). */
export function addEntityTags(http: FastifyInstance): void {
  http.addHook('onSend', (request, reply, payload, next) => {
    const version = versions.get(reply);
    if (!isTagged(request, reply, payload, version)) return next(null, payload);
    const content = digest(payload.replace(MOMENT_OF_ANSWER, ''));
    // Strong where a change can be bound to it: those answers are the same bytes as long as the tag is the same.
    const tag = version === undefined ? `W/"${content}"` : `"${version}.${content}"`;
    void reply.header('etag', tag);
    if (request.method === 'PATCH' || !isKnown(request.headers['if-none-match'], tag))
      return next(null, payload);
    void reply.status(304).removeHeader('content-type').removeHeader('content-length');
    next(null, null);
  });
}

function isTagged(
  { method, url }: FastifyRequest,
  { statusCode }: FastifyReply,
  payload: unknown,
  version: string | undefined,
): payload is string {
  const reads = method === 'GET' || method === 'HEAD';
  return (
    typeof payload === 'string' &&
    statusCode === 200 &&
    (url.startsWith('/v1/') || url.startsWith('/openapi.json')) &&
    (reads || (method === 'PATCH' && version !== undefined))
  );
}

/** Tags of a list, such as `W/"a", "b"`; weak comparison. */
export const tagsIn = (header: string): string[] =>
  [...header.matchAll(/"([^"]*)"/g)].map(([, tag = '']) => tag);

/** Whether If-None-Match names it. */
export const isKnown = (header: string | undefined, tag: string): boolean =>
  header !== undefined && (header.trim() === '*' || tagsIn(header).includes(tagsIn(tag)[0] ?? ''));
