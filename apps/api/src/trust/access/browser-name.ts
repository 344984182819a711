/** A browser by name, and the system that it runs on; each null where its User-Agent does not say. */
export interface BrowserName {
  browser: string | null;
  system: string | null;
}

/** The first mark that is there decides: most browsers name those that they descend from as well. */
const BROWSERS: readonly [mark: string, name: string][] = [
  ['Edg/', 'Edge'],
  ['EdgA/', 'Edge'],
  ['EdgiOS/', 'Edge'],
  ['OPR/', 'Opera'],
  ['SamsungBrowser/', 'Samsung Internet'],
  ['Firefox/', 'Firefox'],
  ['FxiOS/', 'Firefox'],
  ['CriOS/', 'Chrome'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
];
const SYSTEMS: readonly [mark: string, name: string][] = [
  ['Windows NT', 'Windows'],
  ['Android', 'Android'],
  ['iPhone', 'iOS'],
  ['iPad', 'iPadOS'],
  ['CrOS', 'ChromeOS'],
  ['Macintosh', 'macOS'],
  ['Linux', 'Linux'],
];
/** No browser sends more; the rest is not looked at. */
const MOST = 500;

/**
 * What a User-Agent says of itself (RFC 9110, section 10.1.5): enough to tell one's own sessions apart, and nothing to
 * decide by, for anybody can send any. Versions are left out: browsers freeze or invent them.
 */
export function browserOf(userAgent: string | undefined): BrowserName {
  const told = (userAgent ?? '').slice(0, MOST);
  const first = (marks: typeof BROWSERS): string | null =>
    marks.find(([mark]) => told.includes(mark))?.[1] ?? null;
  return { browser: first(BROWSERS), system: first(SYSTEMS) };
}
