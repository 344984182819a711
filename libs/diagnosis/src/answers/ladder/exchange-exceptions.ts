import { EXCEPTION_FAMILIES } from './exception-families.ts';
import { wordsOf, withoutTraces } from './line.ts';
import type { LadderAnswer } from './rung.ts';

/**
 * Names in a line: words that end in Exception, or that begin with MapiException, and what stands right beside them.
 */
function namesIn(line: string): string {
  const words = wordsOf(withoutTraces(line));
  return words
    .filter((word) => word.length > 'exception'.length && word.includes('exception'))
    .concat(words.filter((word) => STANDING_ALONE.has(word)))
    .join(' ');
}

/** Verdicts that Exchange writes as one word beside an exception, and names that it writes without that word. */
const STANDING_ALONE: ReadonlySet<string> = new Set([
  'refusequota',
  'showtierupgrade',
  'sendasdenied',
  'mailboxoffline',
  'storeunavailable',
]);

/** What an Exchange exception in the line says by its name; null where none is named, or none of its words is known. */
export function exchangeException(line: string): LadderAnswer | null {
  const names = namesIn(line);
  if (names === '') return null;
  const found = EXCEPTION_FAMILIES.find(({ parts }) => parts.some((part) => names.includes(part)));
  return found ? { rung: 'family', ...found.answer } : null;
}
