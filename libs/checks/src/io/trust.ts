import { X509Certificate } from 'node:crypto';
import type { SecureContext } from 'node:tls';
import { createSecureContext, getCACertificates } from 'node:tls';
import { Lately } from './lately.ts';

/** Whose root a chain leads to: one that every Node has, or one that only this machine has. */
export type Anchor = 'public' | 'machine';

/** What this machine trusts. */
export interface Trust {
  /** For a handshake; takes nothing older than TLS 1.2. */
  readonly context: SecureContext;
  /** Whose root the signatures of this chain (as presented, the leaf first) lead to; dates and names are not looked at. */
  anchorOf(chain: readonly X509Certificate[]): Anchor | null;
}

/** Exchange Online and Entra ID refuse anything older (Microsoft: TLS 1.0 and 1.1 are out of use). */
const OPTIONS = {
  minVersion: 'TLSv1.2',
  // As ECE's JVM asks: without the ML-KEM key share that OpenSSL 3.5 sends, which makes the hello two packets (some
  // middleboxes lose the second) and each handshake dearer.
  ecdhCurve: 'X25519:P-256:P-384:P-521',
} as const;
const ONE_PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
/** A process has one list of its own roots, and a test a few. */
const trusts = new Lately<Trust>(4);

/**
 * Node's bundled roots, those of NODE_EXTRA_CA_CERTS, those of the system's store, and `extra` (PEM). Reading a few
 * hundred roots takes some 50 ms, so that a list that was seen before is not read again.
 */
export function trusting(extra: readonly string[]): Trust {
  return trusts.of(extra.join('\n'), () => makeTrust(extra));
}

function makeTrust(extra: readonly string[]): Trust {
  const bundled = rootsOf(['bundled'], []);
  const machine = rootsOf(['extra', 'system'], extra);
  const ca = [...new Set([...bundled, ...machine])].join('\n');
  const known = new Lately<{ anchor: Anchor | null }>(64);
  // Most processes never meet a chain of every root, so that a set is parsed when it is first asked.
  let publicRoots: Roots | undefined;
  let machineRoots: Roots | undefined;
  const find = (chain: readonly X509Certificate[]): Anchor | null => {
    if (leadsTo((publicRoots ??= new Roots(bundled)), chain)) return 'public';
    return leadsTo((machineRoots ??= new Roots(machine)), chain) ? 'machine' : null;
  };
  return {
    context: createSecureContext({ ...OPTIONS, ca }),
    anchorOf: (chain) =>
      known.of(chain.map(({ fingerprint256 }) => fingerprint256).join(), () => ({ anchor: find(chain) }))
        .anchor,
  };
}

/** One text for each certificate: on Debian the system's store holds every root several times. */
function rootsOf(stores: readonly ('bundled' | 'extra' | 'system')[], extra: readonly string[]): Set<string> {
  const texts = [...stores.flatMap(storeOf), ...extra].flatMap((text) => text.match(ONE_PEM) ?? []);
  return new Set(texts.map((text) => text.replace(/\r/g, '')));
}

function storeOf(store: 'bundled' | 'extra' | 'system'): string[] {
  try {
    return getCACertificates(store);
  } catch {
    // A store that cannot be read holds nothing that Node would trust; the other roots still count.
    return [];
  }
}

class Roots {
  readonly #bySubject = new Map<string, X509Certificate[]>();

  constructor(pems: Iterable<string>) {
    for (const pem of pems) {
      const root = parsed(pem);
      if (root) this.#bySubject.set(root.subject, [...this.named(root.subject), root]);
    }
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
 * Whether signatures lead from the leaf to a root of the set, over issuers that were presented or are in the set. Node
 * does not tell which chain OpenSSL verified. Every certificate is visited once, so that a hostile chain costs little.
 */
function leadsTo(roots: Roots, presented: readonly X509Certificate[]): boolean {
  const [leaf] = presented;
  const visited = new Set<string>();
  const queue = leaf ? [leaf] : [];
  for (let next = queue.shift(); next; next = queue.shift()) {
    const child = next;
    if (visited.has(child.fingerprint256)) continue;
    visited.add(child.fingerprint256);
    const own = roots.named(child.subject).some((root) => root.fingerprint256 === child.fingerprint256);
    if (own && signed(child, child)) return true;
    const issuers = [...roots.named(child.issuer), ...presented.filter(({ ca }) => ca)];
    queue.push(...issuers.filter((issuer) => issuer !== child && signed(child, issuer)));
  }
  return false;
}

function signed(child: X509Certificate, issuer: X509Certificate): boolean {
  return child.checkIssued(issuer) && child.verify(issuer.publicKey);
}
