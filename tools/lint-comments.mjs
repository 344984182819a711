// Comments are wrapped at 120 columns, as code is. Reads every line of the sources (or of the files and folders given)
// that is nothing but a comment. A line that cannot be broken, such as a long address, has no blank to break it at and
// is left alone.
import { globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const WIDTH = 120;
/** A landed migration is never edited. */
const LANDED = 'apps/api/src/app/database/migrations/';
const given = process.argv.slice(2);
const skipped = (name) => name === 'node_modules' || name === 'dist';
/** Made from docs/openapi.json, and not committed. */
const MADE = 'apps/web/src/api/schema.ts';
const isExempt = (file) => file.startsWith(LANDED) || file === MADE;
const files =
  given.length > 0
    ? given.flatMap(sourcesIn)
    : ['libs', 'apps', 'test', 'tools'].flatMap(sourcesIn).filter((file) => !isExempt(file));
const faults = files.flatMap((file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, i) =>
      isTooLong(line) ? [`${file}:${i + 1}: a comment of ${line.length} columns, wrap it at ${WIDTH}`] : [],
    ),
);
if (files.length === 0) faults.push(`no sources in ${given.join(', ')}`);
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;

function sourcesIn(name) {
  if (!statSync(name).isDirectory()) return [name];
  return globSync('**/*.{ts,tsx,mjs,cjs}', { cwd: name, exclude: skipped }).map((file) =>
    path.join(name, file),
  );
}

function isTooLong(line) {
  if (line.length <= WIDTH) return false;
  const [start] = /^ *(?:\/\/|\/\*\*?|\*) +/.exec(line) ?? [];
  return start !== undefined && line.slice(start.length, WIDTH).includes(' ');
}
