// `npm run licences`: which licence each package stands under; ends with 1 for one that nobody has looked at.
import { idOf, lockedPackages, manifest, type Package } from './lock.ts';

/** What may be part of Mailpath: all of them let it be used, changed and handed on with their text. */
const HANDED_ON: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
]);

/** What builds and tests may use beside these, since nothing of it is in what is handed on. */
const BUILD_ONLY: ReadonlySet<string> = new Set(['CC-BY-4.0', 'MPL-2.0']);

/** A licence that was looked at for one package alone, and why it may stay. */
const LOOKED_AT: Readonly<Record<string, string>> = {
  // The dashboard's font: may be part of a program, and is not sold by itself.
  '@fontsource-variable/inter': 'OFL-1.1',
  // Comes with js-yaml, which @nestjs/swagger needs: Python's own licence, as free as BSD's.
  argparse: 'Python-2.0',
};

/** Whether an SPDX expression lets us choose only licences of the list: one side of OR, both of AND. */
export function isAllowed(expression: string, allowed: ReadonlySet<string>): boolean {
  const bare = expression.trim().replace(/^\(([^()]*)\)$/, '$1');
  if (/[()]/.test(bare)) return false; // nested: for a person to read
  return bare
    .split(/ OR /i)
    .some((side) => side.split(/ AND /i).every((licence) => allowed.has(licence.trim())));
}

/** The packages whose licence nobody has looked at, one sentence each. */
export function unknownLicences(packages: readonly Package[]): string[] {
  return packages.flatMap((each) => {
    const { name, licence, isDev } = each;
    const allowed = isDev ? new Set([...HANDED_ON, ...BUILD_ONLY]) : HANDED_ON;
    if (LOOKED_AT[name] === licence || isAllowed(licence, allowed)) return [];
    const where = isDev ? 'build and tests' : 'what is handed on';
    return [`${idOf(each)}: ${licence || 'names no licence'}, which nobody has looked at for ${where}`];
  });
}

if (import.meta.main) {
  const packages = lockedPackages();
  const unknown = unknownLicences(packages);
  const byLicence = Map.groupBy(packages, ({ licence }) => licence || '(none)');
  console.log(`Mailpath itself: ${manifest().license}`);
  for (const [licence, all] of [...byLicence].toSorted(([, a], [, b]) => b.length - a.length)) {
    const handedOn = all.filter(({ isDev }) => !isDev).length;
    const named = all.length > 5 ? '' : `: ${all.map(idOf).join(', ')}`;
    console.log(`${licence}: ${all.length} packages, ${handedOn} of them at run time${named}`);
  }
  for (const line of unknown) console.error(line);
  if (unknown.length > 0) process.exitCode = 1;
}
