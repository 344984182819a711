import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** The API key that `npm start` uses itself: made at the first start, kept in a file that only this user can read. */
export function localKey(file: string): { key: string; isNew: boolean } {
  if (existsSync(file)) return { key: readFileSync(file, 'utf8').trim(), isNew: false };
  const key = `mpk_${randomBytes(32).toString('base64url')}`;
  writeFileSync(file, `${key}\n`, { mode: 0o600 });
  return { key, isNew: true };
}
