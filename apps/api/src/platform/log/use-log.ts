import { Logger } from '@nestjs/common';
import type { Logger as Log } from 'pino';
import { createLog, type LogLevel, type LogStream } from './log.ts';
import { NestLog } from './nest-log.ts';

/**
 * Makes the log of this process, and has every `Logger` write to it; before anything else begins. A command prints its
 * answer to the standard output, so its log goes to the other one.
 */
export function useLog(level: LogLevel, stream?: LogStream): Log {
  const log = createLog(level, stream);
  Logger.overrideLogger(new NestLog(log));
  return log;
}
