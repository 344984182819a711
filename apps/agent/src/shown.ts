import { plainText } from '@mailpath/terminal';

/** What our own advice says of credentials; nobody's. */
const OUR_ADVICE = 'user:password';

/**
 * An error on one line, without what a terminal would obey, and without what may be secret of the words that it
 * repeats: the code, and a proxy's password. `args` are the words of the command line.
 */
export function shown(text: string, args: readonly string[]): string {
  let masked = text;
  for (const arg of args) if (arg.includes('@')) masked = masked.replaceAll(arg, withoutCredentials(arg));
  return plainText(masked)
    .split(/\s/)
    .filter((word) => word !== '')
    .map(withoutCredentials)
    .join(' ')
    .replace(/^(error: unknown option '[^=']*)=.*'$/, "$1'")
    .replace(/( but got \d+): .*$/s, '$1.');
}

/** `user:password@` in front of a host, whatever the password holds, gives way to a mark; our own advice does not. */
function withoutCredentials(word: string): string {
  const at = word.lastIndexOf('@');
  if (at < 0) return word;
  const scheme = word.indexOf('://');
  const begins = scheme >= 0 && scheme < at ? scheme + 3 : firstOfName(word);
  const credentials = word.slice(begins, at);
  if (!credentials.includes(':') || credentials === OUR_ADVICE) return word;
  return `${word.slice(0, begins)}[secret]${word.slice(at)}`;
}

/** Behind quotes and brackets that stand before the name. */
function firstOfName(word: string): number {
  let at = 0;
  while (at < word.length && `"'(<`.includes(word.charAt(at))) at += 1;
  return at;
}
