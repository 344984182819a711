import { readFileSync } from 'node:fs';

/** Settings that are secret: each may be given by a file as well, as container engines and systemd hand them over. */
export const SECRET_SETTINGS = [
  'DATABASE_URL',
  'DATABASE_PASSWORD',
  'MAILPATH_SECRET_KEY',
  'MAILPATH_INITIAL_API_KEY',
  'MAILPATH_OPENID_CLIENT_SECRET',
] as const;

type Settings = Readonly<Record<string, string | undefined>>;

/**
 * The settings with what `NAME_FILE` points to as NAME, less the line break at its end; and what is wrong with them, as
 * `NAME_FILE: what to do`. Nothing of a file is repeated.
 */
export function fromFiles(env: Settings): { settings: Settings; problems: string[] } {
  const settings: Record<string, string | undefined> = { ...env };
  const problems: string[] = [];
  for (const name of SECRET_SETTINGS) {
    const file = env[`${name}_FILE`];
    if (file === undefined || file === '') continue;
    if (env[name]) {
      problems.push(`${name}_FILE: ${name} is set as well, write one of the two`);
      continue;
    }
    try {
      settings[name] = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    } catch (error) {
      const { code = 'unknown' } = error as NodeJS.ErrnoException;
      problems.push(`${name}_FILE: this file cannot be read (${code}), name one that Mailpath may read`);
    }
  }
  return { settings, problems };
}

/**
 * The address of Postgres with a password that is given apart from it, so that any text may be one; null where the
 * address has another already.
 */
export function withPassword(url: string, password: string): string | null {
  const parsed = new URL(url);
  if (parsed.password !== '') return null;
  parsed.password = encodeURIComponent(password);
  return parsed.href;
}
