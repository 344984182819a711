import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const made: string[] = [];

/** An empty folder, gone after `removeTempDirs`. */
export function tempDir(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mailpath-agent-'));
  made.push(folder);
  return folder;
}

export function removeTempDirs(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}
