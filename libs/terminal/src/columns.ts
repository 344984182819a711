import stringWidth from 'string-width';

/**
 * Columns that a text takes on a terminal: kanji, kana and emoji two, marks that combine none. What Unicode calls
 * ambiguous (`≠`, `–`,
 * `…`, Greek, Cyrillic) takes one, as in every terminal that speaks UTF-8 unless it was told otherwise. The text is
 * plain: it holds no escape sequence.
 */
export const columnsOf = (text: string): number => stringWidth(text, { countAnsiEscapeCodes: true });

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a person sees as one character each: a line may be cut between two of them, and nowhere else. */
export const graphemesOf = (text: string): string[] =>
  Array.from(GRAPHEMES.segment(text), ({ segment }) => segment);
