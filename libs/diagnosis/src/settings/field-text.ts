/**
 * What a field holds that no field of a setting should: it is there when the field is read, wherever it was copied
 * from.
 */
export const ODDITIES = [
  'broken-unicode',
  'control',
  'byte-order-mark',
  'zero-width',
  'odd-blank',
  'blank-at-end',
  'blank',
  'quote',
  'html-entity',
  'encoded-twice',
] as const;
export type Oddity = (typeof ODDITIES)[number];

const SIGNS: Readonly<Record<Exclude<Oddity, 'broken-unicode' | 'blank-at-end'>, RegExp>> = {
  control: /\p{Cc}/u,
  'byte-order-mark': /\uFEFF/u,
  // Joiners, direction marks and soft hyphens are not seen, and count.
  'zero-width': /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064]/u,
  'odd-blank': /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/u,
  blank: /\S \S|\S  /u,
  quote: /["'`\u00AB\u00BB\u2018-\u201F\u300C-\u300F\uFF02\uFF07]/u,
  'html-entity': /&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[0-9a-f]{1,6});/i,
  // A field is read decoded: what an address, a name or a percent sign becomes by encoding stands in none.
  'encoded-twice': /%25[0-9a-f]{2}|%3a%2f%2f|%40/i,
};

/**
 * Everything odd in a text, in the order of `ODDITIES`. Where a list is expected, such as scopes, blanks stand between
 * its parts.
 */
export function odditiesIn(text: string, { list = false }: { list?: boolean } = {}): Oddity[] {
  return ODDITIES.filter((oddity) => {
    if (oddity === 'broken-unicode') return !text.isWellFormed();
    if (oddity === 'blank-at-end') return text.startsWith(' ') || text.endsWith(' ');
    return !(list && oddity === 'blank') && SIGNS[oddity].test(text);
  });
}
