/**
 * What others said, without what a terminal would obey: controls (escape sequences begin with one), and the marks that
 * turn the direction of what follows, each replaced by a blank; halves of a character become U+FFFD. `wrapText` and
 * `textTable` do it to every text that they are given, so only who writes a text without them has to call this.
 */
export const plainText = (text: string): string =>
  text.toWellFormed().replace(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, ' ');
