import type { Logger } from '@nestjs/common';
import { isDatabaseUnavailable } from './database/unavailable.ts';

/** The event, and the ids of what it is about. */
export interface FaultLine {
  readonly event: string;
  readonly [id: string]: string | undefined;
}

/** Logs what failed; of a database that is away one line without a stack, since that is no fault of ours. */
export function reportFault(logger: Logger, line: FaultLine, error: unknown): void {
  const { event, ...ids } = line;
  const reason = error instanceof Error ? error.message : String(error);
  if (isDatabaseUnavailable(error)) logger.warn({ event, ...ids, reason });
  else logger.error({ event, ...ids, reason }, error instanceof Error ? error.stack : undefined);
}
