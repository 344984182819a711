import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { Language as Languages } from '@mailpath/protocol';
import type { FastifyRequest } from 'fastify';

/** The language that a caller likes best (RFC 9110, section 12.5.4), of those that conclusions are put into; English for any other. */
export function languageOf(acceptLanguage: string | undefined): Languages {
  const ranges = (acceptLanguage ?? '')
    .slice(0, 1_000)
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
      const weight = parameters.find((one) => one.startsWith('q='))?.slice(2) ?? '1';
      return { language: Languages.safeParse(tag.split('-')[0]).data, weight: Number(weight) };
    })
    .filter(({ weight }) => weight > 0 && weight <= 1)
    .sort((one, other) => other.weight - one.weight);
  return ranges.find(({ language }) => language !== undefined)?.language ?? 'en';
}

/** Hands the caller's language to a handler. */
export const Language = createParamDecorator((_: unknown, context: ExecutionContext) =>
  languageOf(context.switchToHttp().getRequest<FastifyRequest>().headers['accept-language']),
);
