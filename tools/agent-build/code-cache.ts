import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** Where V8's cached data has the hash of the flags that it was made with (SerializedCodeData, code-serializer.h). */
const FLAGS_HASH = { from: 12, to: 16 };
/** V8 orders some of it by the hashes of names, whose seed is a new one in every process. */
const ONE_SEED = '--hash-seed=1';

/**
 * What V8 makes of the bundle under these flags, for a Node as this one on a system as this one: a start then reads
 * none of it twice. Two builds have the same bytes: it is made with one seed, and says that it was made without, since
 * a program with a known seed would hash as its attackers can foresee. Throws where either does not hold.
 */
export function codeCache(bundle: string, flags: readonly string[]): Buffer {
  const made = inNode([...flags, ONE_SEED], bundle);
  if (!made.equals(inNode([...flags, ONE_SEED], bundle)))
    throw new Error('two code caches of one bundle differ: a build of them could not be repeated');
  inNode(flags, bundle).copy(made, FLAGS_HASH.from, FLAGS_HASH.from, FLAGS_HASH.to);
  if (!isAccepted(bundle, flags, made)) throw new Error('this Node refuses the code cache of the bundle');
  return made;
}

/** Whether a start of Node under these flags would use it. */
export const isAccepted = (bundle: string, flags: readonly string[], cache: Buffer): boolean =>
  inNode(flags, bundle, cache).toString() === 'accepted';

function inNode(flags: readonly string[], bundle: string, cache?: Buffer): Buffer {
  const script = path.join(import.meta.dirname, 'code-cache.command.ts');
  return execFileSync(process.execPath, [...flags, script, bundle, ...(cache ? ['--accepts'] : [])], {
    input: cache ?? '',
    maxBuffer: 2 ** 26,
  });
}
