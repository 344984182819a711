import type { X509Certificate } from 'node:crypto';
import { Lately } from './lately.ts';

/** Identifiers of RFC 5280, as DER writes them (hexadecimal): authorityInfoAccess, id-ad-ocsp, cRLDistributionPoints. */
const INFO_ACCESS = '2b06010505070101';
const OCSP = '2b06010505073001';
const CRL_POINTS = '551d1f';

const SEQUENCE = 0x30;
const OBJECT_IDENTIFIER = 0x06;
const OCTET_STRING = 0x04;
/** `[0]` and `[3]` around something, and `[6]`, a GeneralName's uniformResourceIdentifier. */
const CONTEXT_0 = 0xa0;
const CONTEXT_3 = 0xa3;
const URI = 0x86;

const LONGEST_URL = 1024;
const MOST_ELEMENTS = 256;
const known = new Lately<readonly string[]>(64);

interface Element {
  tag: number;
  content: Buffer;
}

class Malformed extends Error {}

/** The URLs at which this certificate's revocation is published: OCSP responders first, then CRLs; none where it names none. */
export function revocationUrls(certificate: X509Certificate): readonly string[] {
  return known.of(certificate.fingerprint256, () => urlsIn(certificate.raw));
}

/** The same for the DER form of a certificate. Node tells of the responders only, so that both are read here. */
export function urlsIn(der: Buffer): string[] {
  try {
    const extensions = extensionsOf(der);
    const access = extensions.get(INFO_ACCESS);
    const points = extensions.get(CRL_POINTS);
    return [...(access ? ocspUrls(access) : []), ...(points ? crlUrls(points) : [])];
  } catch (error) {
    // Whoever writes an extension like that publishes nothing that a client could find.
    if (error instanceof Malformed) return [];
    throw error;
  }
}

/** RFC 5280, section 4.1: the extensions stand in `[3]` at the end of what is signed. */
function extensionsOf(der: Buffer): Map<string, Buffer> {
  const [signed] = childrenOf(only(der, SEQUENCE));
  const wrapped = childrenOf(the(signed, SEQUENCE)).find(({ tag }) => tag === CONTEXT_3);
  const extensions = new Map<string, Buffer>();
  if (!wrapped) return extensions;
  for (const extension of childrenOf(only(wrapped.content, SEQUENCE))) {
    const parts = childrenOf(the(extension, SEQUENCE));
    extensions.set(the(parts[0], OBJECT_IDENTIFIER).toString('hex'), the(parts.at(-1), OCTET_STRING));
  }
  return extensions;
}

/** Section 4.2.2.1: a list of pairs of method and place. */
function ocspUrls(extension: Buffer): string[] {
  return childrenOf(only(extension, SEQUENCE)).flatMap((description) => {
    const [method, place] = childrenOf(the(description, SEQUENCE));
    return the(method, OBJECT_IDENTIFIER).toString('hex') === OCSP && place ? urlOf(place) : [];
  });
}

/** Section 4.2.1.13: of each point only its `distributionPoint [0]`, and of that only `fullName [0]`, holds URLs. */
function crlUrls(extension: Buffer): string[] {
  const inside = (elements: Element[]) => elements.filter(({ tag }) => tag === CONTEXT_0);
  return childrenOf(only(extension, SEQUENCE))
    .flatMap((point) => inside(childrenOf(the(point, SEQUENCE))))
    .flatMap(({ content }) => inside(childrenOf(content)))
    .flatMap(({ content }) => childrenOf(content))
    .flatMap(urlOf);
}

function urlOf({ tag, content }: Element): string[] {
  return tag === URI && content.length <= LONGEST_URL ? [content.toString('latin1')] : [];
}

function only(der: Buffer, tag: number): Buffer {
  const [first, ...more] = childrenOf(der);
  if (more.length > 0) throw new Malformed('more than one element');
  return the(first, tag);
}

function the(element: Element | undefined, tag: number): Buffer {
  if (element?.tag !== tag) throw new Malformed('another kind of element');
  return element.content;
}

/** The elements that stand one after the other (X.690, section 8.1), with definite lengths in their shortest form. */
function childrenOf(der: Buffer): Element[] {
  const found: Element[] = [];
  for (let rest = der; rest.length > 0;) {
    const [tag = 0, first = 0] = rest;
    if (rest.length < 2 || (tag & 0x1f) === 0x1f || found.length === MOST_ELEMENTS)
      throw new Malformed('a tag');
    const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
    if (first === 0x80 || lengthBytes > 3 || rest.length < 2 + lengthBytes) throw new Malformed('a length');
    const length = lengthBytes === 0 ? first : rest.readUIntBE(2, lengthBytes);
    const from = 2 + lengthBytes;
    const shortest = lengthBytes === 0 || length >= (lengthBytes === 1 ? 0x80 : 256 ** (lengthBytes - 1));
    if (!shortest || from + length > rest.length) throw new Malformed('a length');
    found.push({ tag, content: rest.subarray(from, from + length) });
    rest = rest.subarray(from + length);
  }
  return found;
}
