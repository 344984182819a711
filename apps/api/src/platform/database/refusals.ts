/** What Postgres refuses a newcomer for, by its error code (its documentation, appendix A), and what to do. */
const REMEDIES: Readonly<Record<string, string>> = {
  '28P01':
    'Postgres refuses the user or the password of DATABASE_URL: correct them there, or the password in DATABASE_PASSWORD.',
  '28000':
    'Postgres does not let the user of DATABASE_URL in from this machine: correct the user, or add a line for it to pg_hba.conf.',
  '3D000': 'The database that DATABASE_URL names does not exist: create it, such as with createdb mailpath.',
  '42501':
    'The user of DATABASE_URL may not create tables: make it the owner of the database, or grant it create on the schema public.',
  '25006': 'The database at DATABASE_URL is read-only, such as a standby: name the primary.',
};

/** One sentence with the remedy for what Postgres refused at a start; null for any other error. */
export function remedyOf(error: unknown): string | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; depth += 1) {
    const { code } = at as Error & { code?: unknown };
    if (typeof code === 'string' && REMEDIES[code] !== undefined) return REMEDIES[code];
    at = at.cause ?? (at as { driverError?: unknown }).driverError;
  }
  return null;
}
