import { columnsOf, graphemesOf } from './columns.ts';
import { plainText } from './plain-text.ts';

/** The characters of Japanese and their punctuation; Korean breaks at blanks, as English does. */
const JAPANESE = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u3000-\u303f\uff01-\uff9f]/u;
/** May not begin a line (JIS X 4051): what closes or continues what stands before it. */
const NOT_FIRST = new Set(
  '、。，．・：；？！）」』】〉》〕］｝〟’”ゝゞヽヾ々〻ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％｡｣､･ｰ)]},.:;!?%>',
);
/** May not end a line: what opens. */
const NOT_LAST = new Set('（「『【〈《〔［｛〝‘“｢([{<');

interface Word {
  text: string;
  columns: number;
  /** The blanks that stand before it. */
  gap: string;
}

/**
 * Breaks a text into lines of at most `width` columns: at blanks, and between the characters of Japanese, though no
 * line begins with 、。」 and their like or ends with an opening bracket. A word that is longer than a line is cut where
 * the line is full. Nothing is lost but blanks at the ends of lines. Below two columns nothing can be written; `width`
 * counts as two then.
 */
export function wrapText(text: string, width: number): string[] {
  const room = Math.max(2, width);
  const lines: string[] = [];
  let line = '';
  let columns = 0;
  const end = (): void => {
    if (line !== '') lines.push(line);
    line = '';
    columns = 0;
  };
  for (const word of wordsOf(plainText(text))) {
    // Blanks that a text begins with are its indentation.
    if (lines.length === 0 && line === '' && word.gap.length + word.columns <= room) {
      line = word.gap;
      columns = word.gap.length;
      word.gap = '';
    }
    const gap = line === '' ? '' : word.gap;
    if (columns + gap.length + word.columns > room) end();
    const parts = word.columns > room ? cut(word.text, room) : [word.text];
    for (const [i, part] of parts.entries()) {
      const wide = columnsOf(part);
      if (i > 0 || columns + gap.length + wide > room) end();
      const before = line === '' ? '' : gap;
      line += before + part;
      columns += before.length + wide;
    }
  }
  end();
  return lines;
}

/** A blank of any kind, the ideographic one (two columns) among them, counts as one blank of one column. */
function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let gap = '';
  let last = '';
  for (const grapheme of graphemesOf(text)) {
    const word = words.at(-1);
    if (grapheme.trim() === '') {
      gap += ' ';
      continue;
    }
    const belongs = gap === '' ? !mayBreak(last, grapheme) : isJapanese(grapheme, NOT_FIRST);
    if (word && belongs) {
      word.text += (gap === '' ? '' : ' ') + grapheme;
      gap = '';
    } else {
      words.push({ text: grapheme, columns: 0, gap });
      gap = '';
    }
    last = grapheme;
  }
  for (const word of words) word.columns = columnsOf(word.text);
  return words;
}

const mayBreak = (before: string, after: string): boolean =>
  (JAPANESE.test(before) || JAPANESE.test(after)) && !NOT_LAST.has(before) && !NOT_FIRST.has(after);

/** A word in parts that fit a line each; what may not begin a line takes along what stands before it. */
function cut(word: string, width: number): string[] {
  const parts: string[] = [];
  let part: string[] = [];
  for (const grapheme of graphemesOf(word)) {
    if (part.length > 0 && columnsOf(part.join('') + grapheme) > width) {
      let at = part.length;
      while (at > 1 && !maySplit(part[at - 1] ?? '', part[at] ?? grapheme)) at -= 1;
      // Nothing but marks that belong together: they are cut where the line is full.
      if (at === 1 && !maySplit(part[0] ?? '', part[1] ?? grapheme)) at = part.length;
      if (columnsOf(part.slice(at).join('') + grapheme) > width) at = part.length;
      parts.push(part.slice(0, at).join('').trimEnd());
      part = part.slice(at);
    }
    part.push(grapheme);
  }
  return [...parts, part.join('')].map((each, i) => (i === 0 ? each : each.trimStart()));
}

const isJapanese = (grapheme: string, marks: ReadonlySet<string>): boolean =>
  JAPANESE.test(grapheme) && marks.has(grapheme);

/**
 * Of a word that is longer than a line only the marks of Japanese are kept from where they must not stand. A blank in
 * it stands before such a mark.
 */
const maySplit = (before: string, after: string): boolean =>
  after.trim() !== '' && !isJapanese(before, NOT_LAST) && !isJapanese(after, NOT_FIRST);
