import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { EnrolCommands, EnrolDownloads } from './enrol-commands.ts';

/** Crockford's base32: no I, L, O, U, so that a code read from a screen is typed as it was meant. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SYMBOLS = 26;

/** A code of 130 random bits, in groups: `7Q2KD-…`. */
export function makeEnrolmentCode(): string {
  // 256 is a multiple of 32, so no symbol is more likely than another.
  const symbols = Array.from(randomBytes(SYMBOLS), (byte) => ALPHABET[byte % 32]).join('');
  return symbols.replace(/(.{5})(?=..)/g, '$1-');
}

/** What a person typed, as it was shown: case, spaces, dashes and the letters that look like digits do not matter. */
export const normaliseCode = (typed: string): string =>
  typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');

/** Answer of `POST …/enrolment-codes`: the only one that holds the code itself. */
export const EnrolmentCode = z
  .object({
    id: z.uuid(),
    code: z.string(),
    expiresAt: z.iso.datetime(),
    commands: EnrolCommands,
    downloads: EnrolDownloads,
  })
  .meta({ id: 'EnrolmentCode' });
export type EnrolmentCode = z.infer<typeof EnrolmentCode>;
