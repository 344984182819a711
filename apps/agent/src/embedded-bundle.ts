import vm from 'node:vm';

/** The names under which an executable holds the bundle, and what V8 made of it where that was kept. */
export const BUNDLE_ASSET = 'mailpath-agent.cjs';
export const CODE_CACHE_ASSET = 'code-cache';

/** What Node itself wraps a CommonJS module in. */
const PARAMETERS = ['exports', 'require', 'module', '__filename', '__dirname'];

/**
 * The bundle as a function of what a CommonJS module is given. With V8's cache of it, nothing is read twice; a cache of
 * another V8, platform or set of flags is left aside (`cachedDataRejected`). `keep` makes that cache (`cachedData`).
 */
export function compileBundle(code: string, cache?: Buffer, keep = false) {
  return vm.compileFunction(code, PARAMETERS, {
    // Wherever it is built: the cache holds this name, and so do the lines of a stack.
    filename: BUNDLE_ASSET,
    produceCachedData: keep,
    ...(cache ? { cachedData: cache } : {}),
  });
}

/** The bundle as an executable holds it: its first line, for shells, as a comment of the same length. */
export const withoutShebang = (code: string): string => code.replace(/^#!/, '//');
