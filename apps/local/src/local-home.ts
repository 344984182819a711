import { chmodSync, mkdirSync } from 'node:fs';

/**
 * Makes a folder that others may pass through (the database runs as another user when this is root), not look around
 * in.
 */
export function makeHome(path: string): void {
  mkdirSync(path, { recursive: true });
  chmodSync(path, 0o711);
}
