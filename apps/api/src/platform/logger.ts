import { ConsoleLogger, type LogLevel } from '@nestjs/common';
import type { ApiConfig } from './config.ts';

const LEVELS: Record<ApiConfig['MAILPATH_LOG_LEVEL'], LogLevel[]> = {
  error: ['fatal', 'error'],
  warn: ['fatal', 'error', 'warn'],
  info: ['fatal', 'error', 'warn', 'log'],
  debug: ['fatal', 'error', 'warn', 'log', 'debug'],
};

/** What Nest tells about its own start: one line a module and a route, of use to nobody who runs this. */
const START_UP = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
  'WebSocketsController',
]);

/** One JSON line an event. */
export class JsonLogger extends ConsoleLogger {
  constructor(level: ApiConfig['MAILPATH_LOG_LEVEL']) {
    super({ json: true, colors: false, logLevels: LEVELS[level] });
  }

  override log(message: unknown, ...rest: unknown[]): void {
    if (!START_UP.has(rest.at(-1) as string)) super.log(message, ...rest);
  }

  override error(message: unknown, ...rest: unknown[]): void {
    // That it cannot listen is thrown as well, and main says it in one line with the remedy.
    if (rest.at(-1) !== 'NestApplication') super.error(message, ...rest);
  }
}
