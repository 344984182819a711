import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeHome } from '../local-home.ts';
import type { Parts } from '../parts.ts';

const KEEPER = fileURLToPath(new URL('folder-keeper.js', import.meta.url));

/**
 * A new folder for one demonstration. It goes when the parts have stopped: a process of its own removes it, which
 * outlives the launcher, so that nothing stays behind either when that is killed.
 */
export function ownFolder(parts: Parts, home: string): string {
  makeHome(home);
  const folder = mkdtempSync(join(home, 'demo-'));
  makeHome(folder);
  // Out of the launcher's process group: Ctrl-C is for the launcher alone.
  const keeper = spawn(process.execPath, [KEEPER, folder], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const ended = once(keeper, 'exit');
  parts.onStart((pid) => void keeper.send(pid));
  parts.afterwards(async () => {
    if (keeper.connected) keeper.send('over', () => keeper.disconnect());
    await ended;
  });
  return folder;
}
