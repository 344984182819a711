/** Characters that a terminal shows in two columns: kana, kanji and their punctuation. */
const WIDE = /[\u3000-\u9fff\uff00-\uffef]/;
/** A blank, one wide character, or a run of anything else. */
const PIECES = /\s+|[\u3000-\u9fff\uff00-\uffef]|[^\s\u3000-\u9fff\uff00-\uffef]+/g;
/** Punctuation that does not begin a line. */
const CLOSING = /^[、。)」』：:;,.]/;

/** Columns that a text takes in a terminal. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += WIDE.test(character) ? 2 : 1;
  return columns;
}

/** Breaks a text into lines of at most `width` columns: at blanks, between wide characters, and inside a word only where it is longer than a line. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of (text.match(PIECES) ?? []).flatMap((one) => partsOf(one, width))) {
    // One column is kept for punctuation that must not begin the next line.
    const room = CLOSING.test(piece) ? width : width - 2;
    if (columnsOf(line + piece) > room && line.trim() !== '') {
      lines.push(line.trimEnd());
      line = '';
    }
    if (line !== '' || piece.trim() !== '') line += piece;
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()];
}

/** A word that is longer than a line, in parts that are not. */
function partsOf(word: string, width: number): string[] {
  if (word.length <= width - 2) return [word];
  // linear: one bounded quantifier over anything.
  return word.match(new RegExp(`.{1,${width - 2}}`, 'gu')) ?? [word];
}
