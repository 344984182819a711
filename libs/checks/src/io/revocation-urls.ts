import type { X509Certificate } from 'node:crypto';
import type { Element } from './der.ts';
import { childrenOf, MalformedDer, OBJECT_IDENTIFIER, OCTET_STRING, only, SEQUENCE, the } from './der.ts';
import { Lately } from './lately.ts';

/**
 * Identifiers of RFC 5280, as DER writes them (hexadecimal): authorityInfoAccess, id-ad-ocsp, cRLDistributionPoints.
 */
const INFO_ACCESS = '2b06010505070101';
const OCSP = '2b06010505073001';
/** id-ad-caIssuers. */
const CA_ISSUERS = '2b06010505073002';
const CRL_POINTS = '551d1f';

/** `[0]` and `[3]` around something, and `[6]`, a GeneralName's uniformResourceIdentifier. */
const CONTEXT_0 = 0xa0;
const CONTEXT_3 = 0xa3;
const URI = 0x86;

const LONGEST_URL = 1024;
const known = new Lately<readonly string[]>(64);

/**
 * The URLs at which this certificate's revocation is published: OCSP responders first, then CRLs; none where it names
 * none.
 */
export function revocationUrls(certificate: X509Certificate): readonly string[] {
  return known.of(certificate.fingerprint256, () => urlsIn(certificate.raw));
}

/** The same for the DER form of a certificate. Node tells of the responders only, so that both are read here. */
export function urlsIn(der: Buffer): string[] {
  try {
    const extensions = extensionsOf(der);
    const access = extensions.get(INFO_ACCESS);
    const points = extensions.get(CRL_POINTS);
    return [...(access ? accessUrls(access, OCSP) : []), ...(points ? crlUrls(points) : [])];
  } catch (error) {
    // Whoever writes an extension like that publishes nothing that a client could find.
    if (error instanceof MalformedDer) return [];
    throw error;
  }
}

/** Where a certificate says that its issuer's certificate can be had; none where it does not. */
export function issuerUrls({ raw }: X509Certificate): string[] {
  try {
    const access = extensionsOf(raw).get(INFO_ACCESS);
    return access ? accessUrls(access, CA_ISSUERS) : [];
  } catch (error) {
    // As above: what cannot be read leads nowhere.
    if (error instanceof MalformedDer) return [];
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
function accessUrls(extension: Buffer, wanted: string): string[] {
  return childrenOf(only(extension, SEQUENCE)).flatMap((description) => {
    const [method, place] = childrenOf(the(description, SEQUENCE));
    return the(method, OBJECT_IDENTIFIER).toString('hex') === wanted && place ? urlOf(place) : [];
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
