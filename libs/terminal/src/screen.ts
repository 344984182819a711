import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';
import { CATALOGUES, type FrameWords } from '@mailpath/diagnosis';
import type { Language, Outcome, Severity } from '@mailpath/protocol';

type Format = Parameters<typeof styleText>[0];

/** What a text is written for. */
export interface Screen {
  /** Columns. */
  width: number;
  /** Colours for a text that is plain and of its final width. */
  style: (format: Format, text: string) => string;
  /** English where nothing is said. */
  language?: Language;
}

export const languageOf = ({ language }: Screen): Language => language ?? 'en';
/** The words around results and findings. */
export const frameOf = (screen: Screen): FrameWords => CATALOGUES[languageOf(screen)].frame;

/** A file, and a pipe, show as much as a wide terminal. */
const FILE_WIDTH = 120;

/** A terminal, or a file that takes what a terminal would show. */
export const screenOf = (stream: WriteStream, language: Language, fileWidth = FILE_WIDTH): Screen => ({
  // A terminal that does not know its width says 0.
  width: stream.columns || fileWidth,
  // Colours only where styleText finds that the stream takes them: a terminal, and no NO_COLOR.
  style: (format, plain) => styleText(format, plain, { stream }),
  language,
});

/** The same for a file that is written beside the stream: as wide as a file, and without colours. */
export const onPaper = (screen: Screen): Screen => ({
  ...screen,
  width: FILE_WIDTH,
  style: (_, plain) => plain,
});

export const OUTCOME_STYLE = {
  pass: 'green',
  warn: 'yellow',
  fail: 'red',
  throttled: 'yellow',
  skipped: 'dim',
} as const satisfies Record<Outcome, Format>;

export const SEVERITY_STYLE = { error: 'red', warning: 'yellow', info: 'cyan' } as const satisfies Record<
  Severity,
  Format
>;
