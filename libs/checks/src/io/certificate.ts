import type { X509Certificate } from 'node:crypto';
import type { Certificate, CertificateWeakness } from '@mailpath/protocol';
import { evidenceText } from '../evidence-text.ts';
import { Lately } from './lately.ts';

/** A chain longer than this is nobody's normal chain; the protocol's frame has room for so many. */
const LONGEST_CHAIN = 8;
const MOST_NAMES = 100;
/** The same few certificates come back round after round. */
const known = new Lately<Certificate>(64);

/** The certificates as they were presented, the server's own first. */
export function chainOf(leaf: X509Certificate | undefined): X509Certificate[] {
  const chain: X509Certificate[] = [];
  for (let next = leaf; next && chain.length < LONGEST_CHAIN; next = next.issuerCertificate) chain.push(next);
  return chain;
}

/** What is told of a chain. */
export function chainFacts(chain: readonly X509Certificate[]): Certificate[] {
  return chain.map((certificate, index) => {
    // Only the server's own names matter for comparing; an issuer rarely has any.
    const mostNames = index === 0 ? MOST_NAMES : 2;
    return known.of(`${mostNames} ${certificate.fingerprint256}`, () => facts(certificate, mostNames));
  });
}

function facts(certificate: X509Certificate, mostNames: number): Certificate {
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    subjectAltNames: namesOf(certificate.subjectAltName).slice(0, mostNames),
    validFrom: certificate.validFromDate.toISOString(),
    validTo: certificate.validToDate.toISOString(),
    fingerprint256: certificate.fingerprint256,
    serialNumber: evidenceText(certificate.serialNumber),
    ...strengthOf(certificate),
  };
}

/** Curves by OpenSSL's names. */
const CURVE_BITS: Readonly<Record<string, number>> = {
  secp192r1: 192,
  prime192v1: 192,
  secp224r1: 224,
  prime256v1: 256,
  secp256k1: 256,
  secp384r1: 384,
  secp521r1: 521,
};

function strengthOf(
  certificate: X509Certificate,
): Pick<Certificate, 'signatureAlgorithm' | 'keyType' | 'keyBits' | 'weak'> {
  const key = keyOf(certificate);
  const algorithm = certificate.signatureAlgorithm;
  const { modulusLength, namedCurve = '' } = key?.asymmetricKeyDetails ?? {};
  const bits = modulusLength ?? CURVE_BITS[namedCurve];
  const rsa = key?.asymmetricKeyType?.startsWith('rsa') ?? false;
  const weak: CertificateWeakness[] = [];
  // Nobody looks at the signature with which a root vouches for itself.
  if (algorithm !== undefined && !certificate.checkIssued(certificate)) {
    if (/md[245]/i.test(algorithm)) weak.push('md5-signature');
    else if (/sha-?1(?!\d)/i.test(algorithm)) weak.push('sha1-signature');
  }
  if (rsa && bits !== undefined && bits < 2_048) weak.push('rsa-below-2048');
  if (key?.asymmetricKeyType === 'ec' && bits !== undefined && bits < 224) weak.push('ec-below-224');
  return {
    ...(algorithm === undefined ? {} : { signatureAlgorithm: evidenceText(algorithm) }),
    ...(key?.asymmetricKeyType ? { keyType: key.asymmetricKeyType } : {}),
    ...(bits === undefined ? {} : { keyBits: bits }),
    weak,
  };
}

function keyOf(certificate: X509Certificate): X509Certificate['publicKey'] | null {
  try {
    return certificate.publicKey;
  } catch {
    // A kind of key that OpenSSL does not know: nothing is known of its strength.
    return null;
  }
}

/** Node gives one part a line, the country first; people read the common name first. */
export function oneLine(name: string | undefined): string {
  return evidenceText((name ?? '').split('\n').toReversed().join(', '));
}

/** `DNS:a, IP Address:b` as `a`, `b`. Node puts a name that holds a comma in quotes. */
function namesOf(subjectAltName: string | undefined): string[] {
  const entries = subjectAltName?.match(/(?:[^,"]|"(?:\\.|[^"\\])*")+/g) ?? [];
  return entries.map((entry) => evidenceText(entry.trim().replace(/^(?:DNS|IP Address):/, ''), 255));
}
