/** Names of folders on Windows whose ends and insides a command line may read otherwise. */
export const WINDOWS_FOLDERS = [
  'C:\\ProgramData\\mailpath-agent',
  'C:\\ProgramData\\mailpath-agent\\',
  'D:\\',
  'D:\\Mailpath state',
  'D:\\Mailpath state\\',
  'D:\\Mailpath state\\\\',
  'D:\\Mailpath 状態',
  'D:\\Mailpath 状態\\',
  'D:\\メール経路\\',
  '\\\\files\\share of ours\\',
  '\\\\files\\share\\a b\\\\\\',
  'D:\\a & b\\(c)\\%d%\\',
  "D:\\it’s\\o'clock\\",
  'D:\\ends in a blank \\',
] as const;

/**
 * The words of a command line as a program on Windows gets them, written down from Microsoft's rules and from nothing
 * of ours: 2n backslashes before a quotation mark are n of them, and 2n + 1 are n and the mark itself; all others stand
 * for themselves; two marks within quotes are one.
 * Source: learn.microsoft.com, "Parsing C command-line arguments".
 */
export function windowsWords(line: string): string[] {
  const words: string[] = [];
  let [word, isWord, isQuoted] = ['', false, false];
  for (let at = 0; at < line.length; at++) {
    const character = line[at] ?? '';
    if (character === '\\') {
      let end = at;
      while (line[end] === '\\') end++;
      const count = end - at;
      const isBeforeMark = line[end] === '"';
      word += '\\'.repeat(isBeforeMark ? count >> 1 : count);
      if (isBeforeMark && count % 2 === 1) word += line[end++];
      isWord = true;
      at = end - 1;
    } else if (character === '"') {
      if (isQuoted && line[at + 1] === '"') word += line[at++];
      else isQuoted = !isQuoted;
      isWord = true;
    } else if (!isQuoted && /[ \t]/.test(character)) {
      if (isWord) words.push(word);
      [word, isWord] = ['', false];
    } else {
      word += character;
      isWord = true;
    }
  }
  return isWord ? [...words, word] : words;
}
