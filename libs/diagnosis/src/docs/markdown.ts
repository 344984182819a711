/**
 * Text as Markdown shows it letter by letter. An underscore inside a word is left alone, so that codes can be searched
 * for.
 */
export const plain = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(/[\\`*<>|[\]]|(?<!\w)_|_(?!\w)/g, (character) => `\\${character}`);

/** Text in the letters of a terminal. One with a backtick of its own is not expected, and stays text. */
export const code = (text: string): string =>
  text.includes('`') ? plain(text) : `\`${text.replace(/\s+/g, ' ').replaceAll('|', '\\|')}\``;

/** A table. Its cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Blocks with an empty line between them, and the end of line that a file has. */
export const page = (blocks: readonly string[]): string => `${blocks.join('\n\n')}\n`;
