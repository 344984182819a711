import { say } from '../checklist/words/catalogue.ts';
import { shown, verdictsOn, type Judgement, type SiteSettings } from './setting.ts';

/** A release of ECE with its engineering special (ES), and an engineering test (ET) on top of that. */
export interface EceVersion {
  /** Major and minor, such as `12.6`. */
  release: string;
  maintenance: number;
  es: number | null;
  et: number | null;
}

const RELEASE = /^(?:ECE\s+)?(\d{1,2})\.(\d{1,2})(?:\((\d{1,2})\)|\.(\d{1,2}))?(?:[\s_]*(ES.*))?$/i;
const LEVEL = /^ES(\d{1,3})(?:[\s_]*ET(\d{1,3}))?$/i;

/**
 * Reads `12.6`, `12.6(1)`, `12.6.1`, each alone or followed by `ES5`, `ES12_ET1` or `ES12 ET1` after blanks or
 * underscores; the level may as well come by itself. Null for any other form, and for two levels that differ. A release
 * without its maintenance is the first.
 */
export function readEceVersion(version: string, esLevel: string | null): EceVersion | null {
  const release = RELEASE.exec(version.trim());
  if (!release) return null;
  const [, major, minor, inBrackets, afterDot, behind] = release;
  const levels = [behind, esLevel ?? undefined].filter((text) => text !== undefined).map(readLevel);
  const [first, second] = levels;
  if (levels.includes(null)) return null;
  if (first && second && (first.es !== second.es || first.et !== second.et)) return null;
  return {
    release: `${Number(major)}.${Number(minor)}`,
    maintenance: Number(inBrackets ?? afterDot ?? 1),
    es: first?.es ?? null,
    et: first?.et ?? null,
  };
}

function readLevel(text: string): { es: number; et: number | null } | null {
  const level = LEVEL.exec(text.trim());
  return level && { es: Number(level[1]), et: level[2] === undefined ? null : Number(level[2]) };
}

interface Minimum {
  es: number;
  et?: number;
  statement: string;
}

/** The first level with OAuth, by release; all of them are the release's (1) (S11 to S14). */
const MINIMUMS: Readonly<Record<string, Minimum>> = {
  '11.6': { es: 12, et: 1, statement: 'S11' },
  '12.0': { es: 6, statement: 'S12' },
  '12.5': { es: 3, statement: 'S13' },
  '12.6': { es: 1, statement: 'S14' },
};

/**
 * C1: whether this ECE can sign in to Microsoft 365 by OAuth at all. A form that is not known is never called broken.
 */
export function judgeVersion({ name, version, esLevel }: SiteSettings): Judgement {
  const { broken, cannotTell } = verdictsOn('C1', name);
  if (version === null) return cannotTell(say('version.missing'), say('version.enter'), 'S9', 'S10');
  const read = readEceVersion(version, esLevel);
  if (!read) {
    const given = [version, esLevel].filter((text) => text !== null).map(shown);
    return cannotTell(say('version.unknown-form', given), say('version.enter'), 'S10');
  }
  const release = `ECE ${read.release}(${read.maintenance})`;
  const minimum = Object.hasOwn(MINIMUMS, read.release) ? MINIMUMS[read.release] : undefined;
  if (minimum && read.maintenance === 1) return judgeLevel(name, release, read, minimum);
  if (isBefore(read.release, '11.6'))
    return broken(say('version.too-old', release), say('version.upgrade'), 'S9', 'S11');
  const later = isBefore('12.6', read.release) || (read.release === '12.6' && read.maintenance > 1);
  return cannotTell(
    later ? say('version.later', release) : say('version.no-minimum', release),
    say('version.read-notes'),
    'S10',
    'S15',
  );
}

function isBefore(release: string, other: string): boolean {
  const [major = 0, minor = 0] = release.split('.').map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number);
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}

function judgeLevel(name: string, release: string, read: EceVersion, minimum: Minimum): Judgement {
  const { holds, broken, cannotTell } = verdictsOn('C1', name);
  const { es, et, statement } = minimum;
  const needed = et === undefined ? [`ES${es}`] : [`ES${es}`, `ES${es}_ET${et}`];
  if (read.es === null)
    return cannotTell(say('version.no-level', release, needed), say('version.enter'), statement);
  const level = `ES${read.es}${read.et === null ? '' : `_ET${read.et}`}`;
  if (read.es < es || (et !== undefined && read.es === es && read.et === null))
    return broken(
      say('version.low', release, level, needed),
      say('version.install', needed),
      'S9',
      statement,
      'S15',
    );
  // An ET is a fix on top of one ES: whether another level contains it, its number does not say.
  if (et !== undefined && (read.es > es || read.et !== et))
    return cannotTell(
      say('version.test-unknown', release, level, `ES${es}_ET${et}`),
      say('version.check-test', level, `ES${es}_ET${et}`),
      statement,
    );
  return holds(say('version.enough', release, level, needed), say('version.latest'), statement, 'S15');
}
