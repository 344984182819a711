import type { Logger } from '@nestjs/common';
import { isDatabaseUnavailable } from '../../platform/database/unavailable.ts';

/** Logs what could not be done for an agent; a database that is away is no fault of ours. */
export function reportFault(
  logger: Logger,
  event: string,
  agentId: string | undefined,
  error: unknown,
): void {
  const reason = error instanceof Error ? error.message : String(error);
  if (isDatabaseUnavailable(error)) logger.warn({ event, agentId, reason });
  else logger.error({ event, agentId, reason }, error instanceof Error ? error.stack : undefined);
}
