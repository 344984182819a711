import { z } from 'zod';

/** An id in a path. */
export const Id = z.uuid('an id is a UUID, such as 0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b');

/**
 * Text of a person, in any script. Postgres stores no NUL and no half of a surrogate pair, and control characters have
 * no business in a name.
 */
export const freeText = (max: number) =>
  z
    .string()
    .trim()
    .min(1, 'write at least one character, or leave the field out')
    .max(max, `write at most ${max} characters`)
    .refine(
      (text) => text.isWellFormed() && !/\p{Cc}/u.test(text),
      'write text without control characters or broken Unicode',
    );
