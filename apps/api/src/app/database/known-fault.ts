import { EmbeddedPostgresError } from '@mailpath/embedded-postgres';
import { ConfigError } from '../../platform/config.ts';
import { remedyOf } from '../../platform/database/refusals.ts';
import { isDatabaseUnavailable } from '../../platform/database/unavailable.ts';

/** What a command says of a fault that is not its own, in a line with the remedy; null for one that is. */
export function knownFault(error: unknown): string | null {
  if (error instanceof ConfigError || error instanceof EmbeddedPostgresError) return error.message;
  const remedy = remedyOf(error);
  if (remedy !== null) return remedy;
  if (!isDatabaseUnavailable(error)) return null;
  return `The database at DATABASE_URL cannot be reached: ${(error as Error).message}. Is it running, and is the address right?`;
}
