import { isIP } from 'node:net';

/** Words of a protocol with a digit in them, which never change. */
const KEYWORDS = new Set(['IMAP4rev1', 'IMAP4rev2', '8BITMIME', 'SMTPUTF8']);
const DATE_WORDS = new Set(
  'Mon Tue Wed Thu Fri Sat Sun Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' '),
);
/** As long as a hash is cut to where it stands for a secret; shorter words with a digit are codes and versions. */
const ID_FROM_CHARACTERS = 8;
const BASE64_FROM_CHARACTERS = 24;
const ADDRESS_MAX_CHARACTERS = 45;
const WORD = /[A-Za-z0-9._:+/@~-]/;

/** A part of a text: from the one index up to the other. */
export type Span = readonly [from: number, to: number];

/**
 * The parts of a text that another moment would have put otherwise: dates, times, ids, addresses, names of front ends.
 * What is missed costs a further content, and what is taken for one by mistake a few bytes; neither changes what is
 * read back. In linear time.
 */
export function varyingSpans(text: string): Span[] {
  const spans: [number, number][] = [];
  for (const [from, to] of words(text)) {
    if (!varies(text.slice(from, to))) continue;
    const last = spans.at(-1);
    // A date is one part, though it has blanks and commas in it.
    if (last && isGap(text, last[1], from)) last[1] = to;
    else spans.push([from, to]);
  }
  return spans;
}

function* words(text: string): Generator<Span> {
  let from = -1;
  for (let i = 0; i <= text.length; i += 1) {
    const inWord = i < text.length && WORD.test(text.charAt(i));
    if (inWord && from < 0) from = i;
    if (inWord || from < 0) continue;
    yield [from, i];
    from = -1;
  }
}

function varies(word: string): boolean {
  if (DATE_WORDS.has(word)) return true;
  // Exchange names its front end in base64, which may have no digit.
  if (word.length >= BASE64_FROM_CHARACTERS && !word.includes('.')) return true;
  if (KEYWORDS.has(word) || !hasDigit(word)) return false;
  if (word.length > ADDRESS_MAX_CHARACTERS) return true;
  if (isIP(word) !== 0) return true;
  // Three digits are a reply code (RFC 5321); a day, a year or a number of bytes is not.
  if (isNumber(word)) return word.length !== 3;
  return word.length >= ID_FROM_CHARACTERS || (word.startsWith('+') && isNumber(word.slice(1)));
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

function hasDigit(word: string): boolean {
  for (let i = 0; i < word.length; i += 1) if (isDigit(word.charCodeAt(i))) return true;
  return false;
}

function isNumber(word: string): boolean {
  for (let i = 0; i < word.length; i += 1) if (!isDigit(word.charCodeAt(i))) return false;
  return word.length > 0;
}

/** Whether nothing but a blank, or a comma and a blank, is between. */
function isGap(text: string, from: number, to: number): boolean {
  const gap = to - from;
  return (gap === 1 && text[from] === ' ') || (gap === 2 && text[from] === ',' && text[from + 1] === ' ');
}
