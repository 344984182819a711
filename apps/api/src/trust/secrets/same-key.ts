import { createHmac } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { ConfigError } from '../../platform/config.ts';

/**
 * Tells keys apart and nothing else: what HMAC-SHA256 makes of a label under a random key of 256 bits says nothing of
 * the key.
 */
export const fingerprintOf = (key: Buffer): Buffer =>
  createHmac('sha256', key).update('mailpath secret key fingerprint v1').digest();

const OTHER_KEY =
  'The secret key of this instance (MAILPATH_SECRET_KEY, or the file secret-key in MAILPATH_HOME) is not the one that this database was begun with, so what one instance seals another could not open. ' +
  'Start it with the key of the other instances. If that key is lost or is to be changed, what it sealed is given up: stop all instances, run "delete from secret_key_fingerprint" in the database, start again, ' +
  'set the client secrets anew and let the users sign in anew.';

/** The first instance notes its key's fingerprint, every later one has to have the same key. Throws ConfigError. */
export async function confirmSameKey(database: DataSource, key: Buffer): Promise<void> {
  const own = fingerprintOf(key);
  // Instances that start at once: one of them notes its own, and all compare with what stands there then.
  await database.query(
    `insert into secret_key_fingerprint (purpose, fingerprint, noted_at) values ('seal', $1, now())
     on conflict do nothing`,
    [own],
  );
  const [row]: { fingerprint: Buffer }[] = await database.query(
    `select fingerprint from secret_key_fingerprint where purpose = 'seal'`,
  );
  if (!row?.fingerprint.equals(own)) throw new ConfigError(OTHER_KEY);
}
