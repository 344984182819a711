import { startPostgres } from '../index.ts';

/** Run as a process: starts Postgres on the folder given, prints its address, and stops it when its input ends. */
const postgres = await startPostgres(process.argv[2] as string, { flags: ['-c', 'fsync=off'] });
process.stdout.write(`${postgres.url}\n`);
process.stdin.on('end', () => void postgres.stop()).resume();
// With no input at all it waits to be killed.
setInterval(() => undefined, 60_000).unref();
