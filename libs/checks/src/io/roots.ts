import { X509Certificate } from 'node:crypto';
import type { TrustListVerdict } from '@mailpath/protocol';

/** A root that a list knows, and by what. */
export interface KnownRoot {
  root: X509Certificate;
  match: NonNullable<TrustListVerdict['root']>['match'];
}

/** One list of roots, by subject. */
export class Roots {
  readonly #bySubject = new Map<string, X509Certificate[]>();
  readonly size: number;

  /** PEM texts, of which one that cannot be read is passed over, as OpenSSL does. */
  constructor(certificates: Iterable<string | X509Certificate>) {
    let size = 0;
    for (const each of certificates) {
      const root = typeof each === 'string' ? parsed(each) : each;
      if (!root) continue;
      this.#bySubject.set(root.subject, [...this.named(root.subject), root]);
      size += 1;
    }
    this.size = size;
  }

  named(subject: string): readonly X509Certificate[] {
    return this.#bySubject.get(subject) ?? [];
  }
}

function parsed(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    // OpenSSL passes over an entry of a store that it cannot read, and so does this.
    return null;
  }
}

/**
 * The root of the list to which signatures lead from the leaf, over issuers that were presented or are in the list.
 * Node does not tell which chain OpenSSL verified. Every certificate is visited once, so that a hostile chain costs
 * little. Where no signature leads there, a root that only has the issuer's name is told: somebody made another one in
 * its name.
 */
export function rootOf(roots: Roots, presented: readonly X509Certificate[]): KnownRoot | null {
  const [leaf] = presented;
  const visited = new Set<string>();
  const queue = leaf ? [leaf] : [];
  let namesake: X509Certificate | null = null;
  for (let next = queue.shift(); next; next = queue.shift()) {
    const child = next;
    if (visited.has(child.fingerprint256)) continue;
    visited.add(child.fingerprint256);
    const own = roots.named(child.subject);
    const same = own.find(({ fingerprint256 }) => fingerprint256 === child.fingerprint256);
    if (same && isSelfSigned(same)) return { root: same, match: 'certificate' };
    // Cross-signed, or made anew with the same key: whoever trusts the one trusts what it signed.
    const twin =
      child === leaf ? undefined : own.find((root) => isSelfSigned(root) && hasSameKey(root, child));
    if (twin) return { root: twin, match: 'key' };
    const issuers = [...roots.named(child.issuer), ...presented.filter(({ ca }) => ca)];
    const signers = issuers.filter((issuer) => issuer !== child && signed(child, issuer));
    namesake ??=
      roots.named(child.issuer).find((root) => !signers.includes(root) && isSelfSigned(root)) ?? null;
    queue.push(...signers);
  }
  return namesake ? { root: namesake, match: 'subject' } : null;
}

/** Whether a root was found that vouches for the chain, and not only one of the same name. */
export function vouches(found: KnownRoot | null): found is KnownRoot {
  return found !== null && found.match !== 'subject';
}

function isSelfSigned(certificate: X509Certificate): boolean {
  return signed(certificate, certificate);
}

function signed(child: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return child.checkIssued(issuer) && child.verify(issuer.publicKey);
  } catch {
    // A kind of key that OpenSSL does not know has signed nothing that can be believed.
    return false;
  }
}

function hasSameKey(a: X509Certificate, b: X509Certificate): boolean {
  try {
    return a.publicKey.equals(b.publicKey);
  } catch {
    // As above.
    return false;
  }
}
