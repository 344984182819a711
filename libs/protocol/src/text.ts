import { z } from 'zod';

/**
 * Text that came over a network and will be stored: cut off at `max` UTF-16 units, with what Postgres cannot hold (NUL,
 * half a surrogate pair) replaced by U+FFFD, so that no server's banner can make a result impossible to keep.
 */
export const keptText = (max: number) =>
  z
    .string()
    .max(max)
    .overwrite((text) => text.replaceAll('\0', '\uFFFD').toWellFormed());

/** A moment as RFC 3339 in UTC. Year 0 exists in the grammar, but neither in history nor in Postgres. */
export const Instant = z.iso.datetime().refine((text) => !text.startsWith('0000'), 'there is no year 0');

/** Milliseconds of a monotonic clock, up to a day. */
export const Milliseconds = z.number().nonnegative().max(86_400_000);
