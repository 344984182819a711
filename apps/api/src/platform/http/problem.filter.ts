import { Catch, Logger, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Problem } from '@mailpath/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MailpathError } from '../errors.ts';
import { acceptedLanguage } from '../language/accepted-language.ts';
import { titleOf } from '../language/titles.ts';
import type { AllowedMethods } from './allowed-methods.ts';
import { isShown } from './asked-operation.ts';
import { likesPages, PAGE_POLICY, problemPage } from './person-page.ts';
import { toMailpathError } from '../problem.ts';
import { noSuchMethod } from '../refusals.ts';

const logger = new Logger('Problem');

/** Of an answer that is given before any plugin has seen the request, such as to a path that cannot be decoded. */
const HEADERS = {
  'content-security-policy': "default-src 'none';frame-ancestors 'none';base-uri 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** Whatever a handler throws becomes `application/problem+json` (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly methods: AllowedMethods) {}

  catch(error: unknown, host: ArgumentsHost): void {
    let refusal = toMailpathError(error);
    if (host.getType() !== 'http') {
      // A gateway answers its agents itself; what reaches this place was not foreseen there.
      logger.error({ event: 'unforeseen', reason: refusal.message }, (error as Error | null)?.stack);
      return;
    }
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    if (error instanceof NotFoundException) refusal = this.#noRoute(refusal, request);
    sendProblem(refusal, request, http.getResponse<FastifyReply>());
  }

  /** Nest says alike that there is no such path and that there is no such method at it. */
  #noRoute(refusal: MailpathError, { method, url }: FastifyRequest): MailpathError {
    const allow = this.methods.at(url);
    if (allow.length === 0 || allow.includes(method)) return refusal;
    return new MailpathError('method-not-allowed', noSuchMethod({ method, allowed: allow.join(', ') }), {
      allow,
    });
  }
}

export function sendProblem(refusal: MailpathError, request: FastifyRequest, reply: FastifyReply): void {
  if (refusal.status >= 500) log(refusal, request);
  if (reply.sent) return; // the answer has begun, so nothing can be said any more
  if (refusal.status === 401) void reply.header('www-authenticate', 'Bearer realm="mailpath"');
  if (refusal.allow) void reply.header('allow', refusal.allow.join(', '));
  if (refusal.retryAfterSeconds !== undefined) {
    void reply.header('retry-after', String(refusal.retryAfterSeconds));
  }
  for (const [name, value] of Object.entries(HEADERS))
    if (!reply.hasHeader(name)) void reply.header(name, value);
  const language = acceptedLanguage(request.headers['accept-language']);
  const shown = isShown(request);
  void reply
    .header('content-language', language)
    .header('vary', shown ? 'Accept-Language, Accept' : 'Accept-Language');
  const body: Problem = {
    type: `urn:mailpath:problem:${refusal.code}`,
    title: titleOf(refusal.code, language),
    status: refusal.status,
    detail: refusal.refusal.words[language],
    code: refusal.code,
    requestId: request.id,
    ...(refusal.errors && {
      errors: refusal.errors.map((each) => ({ field: each.field, message: each.refusal.words[language] })),
    }),
  };
  void reply.status(refusal.status);
  if (shown && likesPages(request.headers.accept)) {
    void reply
      .headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': PAGE_POLICY })
      .send(problemPage(body, language));
    return;
  }
  // Serialised here: the reply's own serialiser would choose application/json.
  void reply.header('content-type', 'application/problem+json; charset=utf-8').send(JSON.stringify(body));
}

function log(refusal: MailpathError, request: FastifyRequest): void {
  const cause = refusal.cause;
  // The route, not the URL: what a caller put into a query is not ours to keep.
  const route = `${request.method} ${request.routeOptions?.url ?? '(no route)'}`;
  const reason = cause instanceof Error ? cause.message : refusal.message;
  if (refusal.code === 'unavailable')
    logger.warn({ event: 'request-failed', reason, requestId: request.id, route });
  else
    logger.error(
      { event: 'request-failed', reason, requestId: request.id, route },
      cause instanceof Error ? cause.stack : undefined,
    );
}
