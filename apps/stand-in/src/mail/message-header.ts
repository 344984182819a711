/** The header fields of a message in latin1, unfolded, in their order; names as written. */
export function headerFields(raw: Buffer): { name: string; value: string; source: string }[] {
  const source = headerOf(raw).toString('latin1');
  return source
    .split(/\r?\n(?![ \t])/)
    .map((field) => ({ field, colon: field.indexOf(':') }))
    .filter(({ colon }) => colon > 0)
    .map(({ field, colon }) => ({
      name: field.slice(0, colon).trim(),
      value: field
        .slice(colon + 1)
        .replaceAll(/\r?\n/g, '')
        .trim(),
      source: `${field}\r\n`,
    }));
}

/** The value of the first field of that name, or null. */
export function headerValue(raw: Buffer, name: string): string | null {
  return headerFields(raw).find((field) => field.name.toLowerCase() === name.toLowerCase())?.value ?? null;
}

/** The header with the empty line that ends it. */
export function headerOf(raw: Buffer): Buffer {
  const end = raw.indexOf('\r\n\r\n');
  return end === -1 ? raw : raw.subarray(0, end + 4);
}

export function bodyOf(raw: Buffer): Buffer {
  return raw.subarray(headerOf(raw).length);
}

/** No more of a field is looked at. */
const ADDRESS_CHARACTERS = 4096;

export interface Address {
  name: string | null;
  local: string;
  domain: string;
}

/** `Name <address>`, or an address alone. */
function nameAndAddress(text: string): { name: string; address: string } {
  const open = text.lastIndexOf('<');
  const bracketed = text.slice(open + 1, -1);
  if (open < 0 || !text.endsWith('>') || bracketed.includes('>')) return { name: '', address: text };
  return { name: text.slice(0, open), address: bracketed.trim() };
}

/** The addresses of a field such as From (RFC 5322 section 3.4, without groups and comments). */
export function addressesOf(value: string): Address[] {
  return (value.slice(0, ADDRESS_CHARACTERS).match(/(?:"(?:[^"\\]|\\.)*"|[^",])+/g) ?? []).flatMap((one) => {
    const { name, address } = nameAndAddress(one.trim());
    const at = address.lastIndexOf('@');
    if (at < 1) return [];
    const shown = name
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .replaceAll(/\\(.)/g, '$1');
    return [{ name: shown || null, local: address.slice(0, at), domain: address.slice(at + 1) }];
  });
}
