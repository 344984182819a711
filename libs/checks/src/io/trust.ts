import type { X509Certificate } from 'node:crypto';
import type { SecureContext } from 'node:tls';
import { createSecureContext, getCACertificates } from 'node:tls';
import type { TrustListVerdict } from '@mailpath/protocol';
import { evidenceText } from '../evidence-text.ts';
import { oneLine } from './certificate.ts';
import { Lately } from './lately.ts';
import type { KnownRoot } from './roots.ts';
import { rootOf, Roots, vouches } from './roots.ts';
import type { TrustStore } from './trust-store.ts';

/** Whose root a chain leads to: one that every Node has, or one that only this machine has. */
export type Anchor = 'public' | 'machine';

/** What is asked about a chain beside Node's own roots. */
export interface TrustLists {
  /** Roots trusted beside the ones this machine's Node trusts, as PEM. */
  extra: readonly string[];
  /** Lists that are asked, and decide nothing here. */
  stores: readonly TrustStore[];
}

/** What this machine trusts. */
export interface Trust {
  /** For a handshake; accepts nothing older than TLS 1.2. */
  readonly context: SecureContext;
  /**
   * Whose root the signatures of this chain (as presented, the leaf first) lead to; dates and names are not looked at.
   */
  anchorOf(chain: readonly X509Certificate[]): Anchor | null;
  /** What each list of roots, by its name, says of this chain. */
  verdictsOn(chain: readonly X509Certificate[]): readonly TrustListVerdict[];
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

type Listed = Pick<TrustListVerdict, 'list' | 'name'>;
const BUNDLED: Listed = { list: 'mozilla', name: `Mozilla, as bundled in Node ${process.version.slice(1)}` };
const MACHINE: Listed = { list: 'machine', name: 'the store of this machine' };
const AGENT: Listed = { list: 'agent', name: 'the roots that the agent was given' };

/**
 * Node's bundled roots, those of NODE_EXTRA_CA_CERTS, those of the system's store, and the extra ones. Reading a few
 * hundred roots takes some 50 ms, so that a list that was seen before is not read again.
 */
export function trusting(lists: TrustLists): Trust {
  const stores = lists.stores.map(({ name, certificates, fingerprints, error }) =>
    [name, error, ...certificates.map(({ fingerprint256 }) => fingerprint256), ...fingerprints].join(),
  );
  return trusts.of([...lists.extra, ...stores].join('\n'), () => makeTrust(lists));
}

/** What one list answers for a chain. */
interface List extends Listed {
  size: () => number | null;
  error: string | null;
  find: (chain: readonly X509Certificate[]) => KnownRoot | null;
}

/** The lists that every trust of this process shares, so that they are read and parsed once. */
let shared: { texts: readonly string[]; lists: readonly List[] } | undefined;

function ownLists(): NonNullable<typeof shared> {
  if (shared) return shared;
  const bundled = textsIn(storeOf('bundled'));
  const system = textsIn([...storeOf('extra'), ...storeOf('system')]);
  const lists = [listOf(BUNDLED, bundled), listOf(MACHINE, system)];
  return (shared = { texts: [...new Set([...bundled, ...system])], lists });
}

function makeTrust({ extra, stores }: TrustLists): Trust {
  const given = textsIn(extra);
  const { texts, lists: ofNode } = ownLists();
  const own = given.size > 0 ? [...ofNode, listOf(AGENT, given)] : ofNode;
  const lists = [...own, ...stores.map((store) => storeList(store, own))];
  const known = new Lately<{ anchor: Anchor | null; verdicts: TrustListVerdict[] }>(64);
  const judged = (chain: readonly X509Certificate[]) =>
    known.of(chain.map(({ fingerprint256 }) => fingerprint256).join(), () => {
      const verdicts = lists.map((list) => ({ list, found: list.find(chain) }));
      const vouching = verdicts.find(({ list, found }) => own.includes(list) && vouches(found));
      const anchor = vouching && (vouching.list.list === 'mozilla' ? 'public' : 'machine');
      return { anchor: anchor ?? null, verdicts: verdicts.map(({ list, found }) => verdict(list, found)) };
    });
  return {
    context: createSecureContext({ ...OPTIONS, ca: [...texts, ...given].join('\n') }),
    anchorOf: (chain) => judged(chain).anchor,
    verdictsOn: (chain) => judged(chain).verdicts,
  };
}

/** Most processes never meet a chain of every root, so that a list is parsed when it is first asked. */
function listOf(listed: Listed, certificates: Iterable<string | X509Certificate>): List {
  let made: Roots | undefined;
  const roots = () => (made ??= new Roots(certificates));
  return { ...listed, error: null, size: () => roots().size, find: (chain) => rootOf(roots(), chain) };
}

/** A listing has no certificates to check signatures with: it is asked for the roots that the other lists found. */
function storeList({ name, certificates, fingerprints, error }: TrustStore, others: readonly List[]): List {
  const listed: Listed = { list: 'java', name: evidenceText(name) };
  if (error !== null) return { ...listed, error: evidenceText(error), size: () => null, find: () => null };
  if (fingerprints.length === 0) return listOf(listed, certificates);
  const known = new Set(fingerprints);
  const find = (chain: readonly X509Certificate[]): KnownRoot | null => {
    const found = others.map((list) => list.find(chain)).filter(vouches);
    const roots = [...found.map(({ root }) => root), ...chain];
    const root = roots.find(({ fingerprint256 }) => known.has(fingerprint256));
    return root ? { root, match: 'certificate' } : null;
  };
  return { ...listed, error: null, size: () => known.size, find };
}

function verdict({ list, name, size, error }: List, found: KnownRoot | null): TrustListVerdict {
  const root = found && {
    subject: oneLine(found.root.subject),
    fingerprint256: found.root.fingerprint256,
    match: found.match,
  };
  return { list, name, size: size(), error, root };
}

/** One text for each certificate: on Debian the system's store holds every root several times. */
function textsIn(texts: readonly string[]): Set<string> {
  const found = texts.flatMap((text) => text.match(ONE_PEM) ?? []);
  return new Set(found.map((text) => text.replace(/\r/g, '')));
}

function storeOf(store: 'bundled' | 'extra' | 'system'): string[] {
  try {
    return getCACertificates(store);
  } catch {
    // A store that cannot be read holds nothing that Node would trust; the other roots still count.
    return [];
  }
}
