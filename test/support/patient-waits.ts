import { vi } from 'vitest';

/**
 * A wait is over when what it waits for has come. Its limit only ends what hangs, so it is far longer than the second
 * that vi.waitFor has: on a busy machine a second is nothing. `expect.poll` has its limit in vitest.config.ts.
 */
const LIMIT_MS = 45_000;
const KEPT = Symbol.for('mailpath.vi.waitFor');

const kept = globalThis as unknown as Record<symbol, typeof vi.waitFor | undefined>;
// Specs that share their modules come through here once for each file.
const original = (kept[KEPT] ??= vi.waitFor);

vi.waitFor = (callback, options) =>
  original(callback, typeof options === 'number' ? options : { timeout: LIMIT_MS, interval: 20, ...options });
