/**
 * A text as Windows PowerShell 5.1 writes it with `>` and `Out-File`: UTF-16 with the low byte first, a byte order
 * mark, and lines that end with CR LF.
 */
export const asRedirected = (text: string): Buffer =>
  Buffer.from(`\uFEFF${text.replaceAll(/\r?\n/g, '\r\n')}`, 'utf16le');

/** The same by `Set-Content -Encoding UTF8`: with a byte order mark too. */
export const asUtf8 = (text: string): Buffer =>
  Buffer.from(`\uFEFF${text.replaceAll(/\r?\n/g, '\r\n')}`, 'utf8');

/** What either of them holds. */
export const ofShell = (bytes: Buffer): string =>
  (bytes[0] === 0xff ? bytes.toString('utf16le') : bytes.toString('utf8')).replace(/^\uFEFF/, '');
