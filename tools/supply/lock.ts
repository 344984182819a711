import { readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.join(import.meta.dirname, '../..');

/** What package-lock.json says of one place in node_modules. */
interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  /** Builds and tests alone need it. */
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly optional?: boolean;
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** A package that `npm ci` brings. */
export interface Package {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression; empty where the package says nothing. */
  readonly licence: string;
  /** `sha512-` and base64. */
  readonly integrity: string | undefined;
  readonly isDev: boolean;
  readonly isOptional: boolean;
  /** The packages that it finds when it asks for what it needs, as `name@version`. */
  readonly needs: readonly string[];
}

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

export const manifest = (): Manifest =>
  JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as Manifest;

export const idOf = ({ name, version }: { name: string; version: string }): string => `${name}@${version}`;

/** Every package once, by name and version; a workspace of our own is none. */
export function lockedPackages(
  lock = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, Locked>>;
  },
): Package[] {
  const places = lock.packages;
  const found = new Map<string, Package>();
  for (const [place, locked] of Object.entries(places)) {
    if (!place.includes('node_modules/') || locked.link) continue;
    const each: Package = {
      name: nameAt(place),
      version: locked.version ?? '',
      licence: locked.license ?? '',
      integrity: locked.integrity,
      isDev: locked.dev === true || locked.devOptional === true,
      isOptional: locked.optional === true || locked.devOptional === true,
      needs: Object.keys({ ...locked.dependencies, ...locked.optionalDependencies }).flatMap(
        (name) => resolved(places, place, name) ?? [],
      ),
    };
    const before = found.get(idOf(each));
    // Needed at run time in one place counts for all of them.
    found.set(idOf(each), before && !before.isDev ? { ...each, isDev: false } : each);
  }
  return [...found.values()].toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
}

const nameAt = (place: string): string => place.split('node_modules/').at(-1) ?? '';

/** As Node looks a name up: below the package itself, then below each folder above it. */
function resolved(places: Readonly<Record<string, Locked>>, from: string, name: string): string | null {
  for (let folder = from; ;) {
    const place = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    const there = places[place];
    if (there) return there.link ? null : `${name}@${there.version}`;
    if (folder === '') return null;
    const at = folder.lastIndexOf('node_modules/');
    folder = at < 0 ? '' : folder.slice(0, at).replace(/\/$/, '');
  }
}
