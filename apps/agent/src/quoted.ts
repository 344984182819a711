/** What cmd and PowerShell take as one word without quotes; to a POSIX shell the backslash is none of them. */
const PLAIN = { windows: /^[\w./:\\@+=-]+$/, posix: /^[\w./:@+=-]+$/ };
/** What a POSIX shell reads in double quotes as something else. */
const READ_IN_QUOTES = /["$`\\!]/;

/** A word as it can be typed into a shell of this system: in quotes where it holds a space or anything unusual. */
export function quoted(word: string, platform = process.platform): string {
  if (PLAIN[platform === 'win32' ? 'windows' : 'posix'].test(word)) return word;
  if (platform === 'win32') return inWindowsQuotes(word);
  return READ_IN_QUOTES.test(word) ? `'${word.replaceAll("'", String.raw`'\''`)}'` : `"${word}"`;
}

/**
 * A word in quotes as programs on Windows read their command line: backslashes are doubled in front of a quotation
 * mark, that of the end included, and nowhere else.
 * Source: learn.microsoft.com, "Parsing C command-line arguments" and CommandLineToArgvW.
 */
export function inWindowsQuotes(word: string): string {
  let typed = '"';
  let backslashes = 0;
  for (const character of word) {
    if (character === '"') typed += '\\'.repeat(backslashes + 1);
    backslashes = character === '\\' ? backslashes + 1 : 0;
    typed += character;
  }
  return `${typed}${'\\'.repeat(backslashes)}"`;
}
