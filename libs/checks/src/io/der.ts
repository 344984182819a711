export const INTEGER = 0x02;
export const OCTET_STRING = 0x04;
export const OBJECT_IDENTIFIER = 0x06;
export const SEQUENCE = 0x30;

/** One element of DER (X.690): its tag, and what is in it. */
export interface Element {
  tag: number;
  content: Buffer;
}

/** What was read is not DER, or not of the kind that was expected. */
export class MalformedDer extends Error {}

/** More than this in one place is nobody's certificate or store. */
const MOST_ELEMENTS = 4_096;

/** The content of the one element that there is, of this kind. */
export function only(der: Buffer, tag: number): Buffer {
  const [first, ...more] = childrenOf(der);
  if (more.length > 0) throw new MalformedDer('more than one element');
  return the(first, tag);
}

/** The content of an element of this kind. */
export function the(element: Element | undefined, tag: number): Buffer {
  if (element?.tag !== tag) throw new MalformedDer('another kind of element');
  return element.content;
}

/** The elements that stand one after the other (X.690, section 8.1), with definite lengths in their shortest form. */
export function childrenOf(der: Buffer): Element[] {
  const found: Element[] = [];
  for (let rest = der; rest.length > 0;) {
    const [tag = 0, first = 0] = rest;
    if (rest.length < 2 || (tag & 0x1f) === 0x1f || found.length === MOST_ELEMENTS)
      throw new MalformedDer('a tag');
    const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
    if (first === 0x80 || lengthBytes > 3 || rest.length < 2 + lengthBytes)
      throw new MalformedDer('a length');
    const length = lengthBytes === 0 ? first : rest.readUIntBE(2, lengthBytes);
    const from = 2 + lengthBytes;
    const shortest = lengthBytes === 0 || length >= (lengthBytes === 1 ? 0x80 : 256 ** (lengthBytes - 1));
    if (!shortest || from + length > rest.length) throw new MalformedDer('a length');
    found.push({ tag, content: rest.subarray(from, from + length) });
    rest = rest.subarray(from + length);
  }
  return found;
}
