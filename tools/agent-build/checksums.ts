import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { RELEASE } from './places.ts';

const NAME = 'checksums.txt';

/** SHA-256 of every file of the release, as `sha256sum --check` reads it. */
export function writeChecksums(folder = RELEASE): string {
  const names = readdirSync(folder)
    .filter((name) => name !== NAME)
    .toSorted((a, b) => (a < b ? -1 : 1));
  const sum = (name: string): string =>
    createHash('sha256')
      .update(readFileSync(path.join(folder, name)))
      .digest('hex');
  const file = path.join(folder, NAME);
  writeFileSync(file, names.map((name) => `${sum(name)}  ${name}\n`).join(''));
  return file;
}
