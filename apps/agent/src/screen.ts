import { styleText } from 'node:util';
import type { WriteStream } from 'node:tty';
import { CATALOGUES, type FrameWords } from '@mailpath/diagnosis';
import type { Language } from '@mailpath/protocol';

export type Format = Parameters<typeof styleText>[0];

/** What a report is written for. */
export interface Screen {
  /** Columns. */
  width: number;
  style: (format: Format, text: string) => string;
  /** English where nothing is said. */
  language?: Language;
}

export const languageOf = ({ language }: Screen): Language => language ?? 'en';
/** The words around results and findings. */
export const frameOf = (screen: Screen): FrameWords => CATALOGUES[languageOf(screen)].frame;

/** A terminal, or a file that takes what a terminal would show. */
export const screenOf = (stream: WriteStream, language: Language): Screen => ({
  width: stream.columns ?? 120,
  // Colours only where styleText finds that the stream takes them: a terminal, and no NO_COLOR.
  style: (format, plain) => styleText(format, plain, { stream }),
  language,
});

/** What others said, without what a terminal would obey: controls, and the marks that turn the direction of what follows. */
export const plainText = (text: string): string =>
  text.replace(/[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, ' ');

/** Columns that a text takes on a terminal: the characters of Japanese are two wide. */
export const columnsOf = (text: string): number => text.replace(WIDE, '  ').length;
const WIDE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー\u3000-\u303f\uff01-\uff60]/gu;

/** Breaks at spaces, and between the characters of Japanese; the lines after the first are indented. A longer word, such as a URL, stays whole. */
export function wrap(text: string, width: number, indent = 0): string {
  const [lead = ''] = /^ */.exec(text) ?? [];
  const lines: string[] = [];
  let line = lead;
  for (const piece of plainText(text).slice(lead.length).match(PIECES) ?? []) {
    if (columnsOf(line + piece.trimEnd()) > width && line.trim() !== '') {
      lines.push(line.trimEnd());
      line = ' '.repeat(indent);
    }
    line += piece;
  }
  return [...lines, line.trimEnd()].join('\n');
}

/** Japanese breaks after any character, but no line begins with a closing mark. */
const PIECES =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー][、。」）)]* *|[^\s\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]+\s*|\s+/gu;
