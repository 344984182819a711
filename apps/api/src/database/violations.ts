/** Whether the statement failed because the named unique constraint or index forbids it (PostgreSQL error 23505). */
export function violates(error: unknown, constraint: string): boolean {
  const { code, constraint: name } = (error ?? {}) as { code?: string; constraint?: string };
  return code === '23505' && name === constraint;
}
