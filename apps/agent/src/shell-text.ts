/** The byte order marks that shells write, with the encoding of what follows. */
const MARKS = [
  { mark: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { mark: [0xff, 0xfe], encoding: 'utf-16le' },
  { mark: [0xfe, 0xff], encoding: 'utf-16be' },
] as const;

/**
 * The text of a file that any shell wrote: UTF-8 with or without a byte order mark, and UTF-16 with one, as `>` in
 * Windows PowerShell 5.1 makes it. UTF-16 without a mark is known by its zero bytes, since JSON begins with two
 * characters of ASCII (RFC 4627, section 3). Throws a TypeError for bytes that are no text in that encoding.
 */
export function shellText(bytes: Uint8Array): string {
  const marked = MARKS.find(({ mark }) => mark.every((byte, at) => bytes[at] === byte));
  return new TextDecoder(marked?.encoding ?? unmarked(bytes), { fatal: true }).decode(bytes);
}

function unmarked([first, second]: Uint8Array): string {
  if (first === 0) return 'utf-16be';
  return second === 0 ? 'utf-16le' : 'utf-8';
}
