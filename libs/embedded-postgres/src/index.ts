export { EmbeddedPostgresError } from './embedded-postgres-error.ts';
export { borrowPostgres, startPostgres } from './start-postgres.ts';
export type { RunningPostgres, StartOptions } from './start-postgres.ts';
