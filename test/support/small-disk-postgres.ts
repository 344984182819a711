// A Postgres on a volume of its own that is too small: `unshare --mount node small-disk-postgres.ts FOLDER`. Nobody
// else sees the volume, and it goes with this process. Says its address, and does what it is told: fill, free.
import { execFileSync } from 'node:child_process';
import { chmodSync, closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { startPostgres } from '@mailpath/embedded-postgres';

const VOLUME = 'size=192m,mode=0711';
const [, , folder = ''] = process.argv;
execFileSync('mount', ['-t', 'tmpfs', '-o', VOLUME, 'tmpfs', folder]);
chmodSync(folder, 0o711); // root's Postgres runs as another user
const postgres = await startPostgres(join(folder, 'home'));
const filler = join(folder, 'filler');
process.send?.({ url: postgres.url });

process.on('message', (told) => {
  if (told === 'fill') fill();
  if (told === 'free') rmSync(filler, { force: true });
  process.send?.({ done: told });
});
process.once('disconnect', () => void postgres.stop().then(() => process.exit(0)));

/** Writes until not a block is left. */
function fill(): void {
  const file = openSync(filler, 'w');
  try {
    const { bsize } = statfsSync(folder);
    const block = Buffer.alloc(bsize);
    while (statfsSync(folder).bfree > 0) writeSync(file, block);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(file);
  }
}
