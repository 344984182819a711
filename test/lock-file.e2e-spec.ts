import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const ROOT = path.join(import.meta.dirname, '..');
const read = (name: string): unknown => JSON.parse(readFileSync(path.join(ROOT, name), 'utf8'));

const Locked = z.object({
  link: z.boolean().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  hasInstallScript: z.boolean().optional(),
});
const LockFile = z.object({ packages: z.record(z.string(), Locked) });
const Manifest = z.object({ allowScripts: z.record(z.string(), z.boolean()) });

interface Installed extends z.infer<typeof Locked> {
  /** With the scope, without the version. */
  name: string;
}

/** What an installation fetches: every package but our own workspaces. */
function installed(lock: unknown): Installed[] {
  return Object.entries(LockFile.parse(lock).packages)
    .filter(([place, { link }]) => place.includes('node_modules/') && link !== true)
    .map(([place, locked]) => ({ name: place.split('node_modules/').at(-1) ?? '', ...locked }));
}

/** Packages that `npm ci` could not hold against anything, or would fetch from elsewhere than a registry. */
const unverified = (lock: unknown): string[] =>
  installed(lock)
    .filter(
      ({ integrity = '', resolved = 'https:' }) =>
        !integrity.startsWith('sha512-') || !resolved.startsWith('https:'),
    )
    .map(({ name }) => name);

/** Packages that want to run something when they are installed, and about which nobody has decided. */
function undecided(lock: unknown, decided: Record<string, boolean>): string[] {
  const names = new Set(Object.keys(decided).map((key) => key.replace(/(?<=.)@[^/@]*$/, '')));
  return installed(lock)
    .filter(({ name, hasInstallScript }) => hasInstallScript === true && !names.has(name))
    .map(({ name }) => name);
}

describe('the lock file', () => {
  it('has a SHA-512 of every package that is installed, which npm ci holds it against', () => {
    const lock = read('package-lock.json');
    expect(installed(lock).length).toBeGreaterThan(100);
    expect(unverified(lock)).toEqual([]);
  });

  it('lets no package run a script at its installation that package.json does not name', () => {
    const { allowScripts } = Manifest.parse(read('package.json'));
    expect(undecided(read('package-lock.json'), allowScripts)).toEqual([]);
  });

  it('is judged as it would be with a package that nobody looked at', () => {
    const lock = {
      packages: {
        'node_modules/a': { integrity: 'sha1-x' },
        'node_modules/b/node_modules/@scope/c': { hasInstallScript: true, resolved: 'git+ssh://host/c' },
        'node_modules/d': { integrity: 'sha512-x', resolved: 'http://host/d.tgz', hasInstallScript: true },
        'node_modules/ours': { link: true, resolved: 'libs/ours' },
      },
    };
    expect(unverified(lock)).toEqual(['a', '@scope/c', 'd']);
    expect(undecided(lock, { 'd@1.2.3': false })).toEqual(['@scope/c']);
    expect(undecided(lock, { '@scope/c': true, d: true })).toEqual([]);
  });
});
