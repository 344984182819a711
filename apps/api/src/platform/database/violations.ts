/**
 * Whether the statement failed because the named unique constraint or index forbids it, or the named foreign key
 * (PostgreSQL errors 23505 and 23503).
 */
export function violates(error: unknown, constraint: string): boolean {
  const { code, constraint: name } = (error ?? {}) as { code?: string; constraint?: string };
  return (code === '23505' || code === '23503') && name === constraint;
}

/** Whether a row belongs to a partition that is not there (PostgreSQL error 23514, of no constraint by name). */
export function isWithoutPartition(error: unknown): boolean {
  const { code, constraint } = (error ?? {}) as { code?: string; constraint?: string };
  return code === '23514' && constraint === undefined;
}
