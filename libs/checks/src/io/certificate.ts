import type { X509Certificate } from 'node:crypto';
import type { Certificate } from '@mailpath/protocol';
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
  };
}

/** Node gives one part a line, the country first; people read the common name first. */
function oneLine(name: string | undefined): string {
  return evidenceText((name ?? '').split('\n').toReversed().join(', '));
}

/** `DNS:a, IP Address:b` as `a`, `b`. Node puts a name that holds a comma in quotes. */
function namesOf(subjectAltName: string | undefined): string[] {
  const entries = subjectAltName?.match(/(?:[^,"]|"(?:\\.|[^"\\])*")+/g) ?? [];
  return entries.map((entry) => evidenceText(entry.trim().replace(/^(?:DNS|IP Address):/, ''), 255));
}
