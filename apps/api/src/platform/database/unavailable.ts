const SYSTEM_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** PostgreSQL error code: no room on its disk. */
const DISK_FULL = '53100';

/**
 * PostgreSQL error codes (its documentation, appendix A): shut down, starting, too many clients, cancelled by the time
 * limit, no room.
 */
const SQL_STATES = new Set(['57P01', '57P02', '57P03', '53300', '57014', '25P03', DISK_FULL]);

/** What node-postgres says without a code. */
const MESSAGES = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'Query read timeout',
  'Client has encountered a connection error',
  'Client was closed and is not queryable',
  'Cannot use a pool after calling end',
  'Driver not Connected',
];

/** Whether Postgres could not write for want of room on its disk. */
export function isDiskFull(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; depth += 1) {
    if ((at as { code?: unknown }).code === DISK_FULL) return true;
    at = at.cause ?? (at as { driverError?: unknown }).driverError;
  }
  return false;
}

/** Whether the database cannot be reached or did not answer in time, so that the same request may succeed later. */
export function isDatabaseUnavailable(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; depth += 1) {
    const { code, message } = at as Error & { code?: unknown };
    if (typeof code === 'string') {
      if (SYSTEM_CODES.has(code) || SQL_STATES.has(code) || /^08...$/.test(code)) return true;
    }
    if (MESSAGES.some((text) => message.startsWith(text))) return true;
    // A name with several addresses fails with all of their errors at once.
    if (at instanceof AggregateError && at.errors.some(isDatabaseUnavailable)) return true;
    at = at.cause ?? (at as { driverError?: unknown }).driverError;
  }
  return false;
}
