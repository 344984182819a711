import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Language as LanguageName } from '@mailpath/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { acceptedLanguage } from './accepted-language.ts';

/**
 * The language in which the caller wants to read (`Accept-Language`); the answer then says in which it is. For every
 * handler whose answer holds sentences.
 */
export const Language = createParamDecorator((_: unknown, context: ExecutionContext): LanguageName => {
  const http = context.switchToHttp();
  const language = acceptedLanguage(http.getRequest<FastifyRequest>().headers['accept-language']);
  void http
    .getResponse<FastifyReply>()
    .header('content-language', language)
    .header('vary', 'Accept-Language');
  return language;
});
