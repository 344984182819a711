/** Whether the statement failed because the named unique constraint or index forbids it (PostgreSQL error 23505). */
export function violates(error: unknown, constraint: string): boolean {
  const { code, constraint: name } = (error ?? {}) as { code?: string; constraint?: string };
  return code === '23505' && name === constraint;
}

/** Whether a row belongs to a partition that is not there (PostgreSQL error 23514, of no constraint by name). */
export function isWithoutPartition(error: unknown): boolean {
  const { code, constraint } = (error ?? {}) as { code?: string; constraint?: string };
  return code === '23514' && constraint === undefined;
}
