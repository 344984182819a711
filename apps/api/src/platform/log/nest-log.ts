import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';
import type { LogLevels } from './log.ts';
import { reasonOf } from './log-fields.ts';

/** What Nest tells about its own start: one line a module and a route, of use to nobody who runs this. */
const START_UP = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
  'WebSocketsController',
]);

/**
 * Nest's logger, written to ours. The name that a `Logger` was made with becomes the field `area`; `log` is `info`, and
 * what it is given beside a message of `error` is the stack.
 */
export class NestLog implements LoggerService {
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  log(message: unknown, ...rest: unknown[]): void {
    if (!START_UP.has(areaIn(rest) ?? '')) this.#write('info', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.#write('warn', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    // That it cannot listen is thrown as well, and main says it in one line with the remedy.
    if (areaIn(rest) !== 'NestApplication') this.#write('error', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.#write('fatal', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.#write('debug', message, rest);
  }

  #write(level: LogLevels, message: unknown, rest: unknown[]): void {
    const [stack] = rest.length > 1 ? rest : [];
    this.#log[level]({
      ...(areaIn(rest) === null ? {} : { area: areaIn(rest) }),
      ...fieldsOf(message),
      ...(typeof stack === 'string' ? { stack } : {}),
    });
  }
}

const areaIn = (rest: unknown[]): string | null => {
  const last = rest.at(-1);
  return typeof last === 'string' ? last : null;
};

function fieldsOf(message: unknown): object {
  if (message instanceof Error) return { reason: reasonOf(message) };
  return typeof message === 'object' && message !== null ? message : { message: String(message) };
}
