import { z } from 'zod';
import { refusedWith } from './bilingual.ts';

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
export const Instant = z.iso
  .datetime()
  .refine(
    (text) => !text.startsWith('0000'),
    refusedWith({ en: 'there is no year 0', ja: '西暦 0 年はありません' }),
  );

/** Milliseconds of a monotonic clock, up to a day. */
export const Milliseconds = z.number().nonnegative().max(86_400_000);

/** The longest text that evidence may hold, in UTF-16 units. What a server said is cut to this before it is kept. */
export const EVIDENCE_TEXT_MAX = 1024;
/** The most lines or entries that one list of evidence may hold. */
export const EVIDENCE_LIST_MAX = 64;

export const evidenceText = keptText(EVIDENCE_TEXT_MAX);
export const evidenceList = <T extends z.ZodType>(of: T) => z.array(of).max(EVIDENCE_LIST_MAX);

/**
 * The text without those of the characters that it ends with. An expression such as `/x+$/` looks again from each of
 * them.
 */
export function withoutTrailing(characters: string, text: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
