import { join } from 'node:path';

/**
 * Where a program that a spec starts finds its modules compiled, by Node's own measure of their content: half of a
 * start's processor time goes without it. Spread it into the environment of every program.
 */
export const COMPILED = {
  NODE_COMPILE_CACHE: join(import.meta.dirname, '../../node_modules/.cache/node-compile'),
} as const;
