import type { Certificate, CheckResult } from '@mailpath/protocol';
import { censusOf } from '../census.ts';
import { type RuleContext, endpointOf } from '../look.ts';
import { isMicrosofts } from '../microsoft-hosts.ts';
import { isTrusted, leaf, organisation } from './certificates.ts';
import { presented, untrusted } from './handshakes.ts';

/**
 * Who issues certificates for Microsoft's hosts (Microsoft 365 certificate chains; their own authorities since 2020).
 */
const MICROSOFTS = ['DigiCert Inc', 'Microsoft Corporation', 'Entrust', 'GlobalSign', 'Baltimore'];

/** Authorities whose roots every maintained list has, for hosts that are not Microsoft's. */
const PUBLIC = [
  ...MICROSOFTS,
  "Let's Encrypt",
  'Internet Security Research Group',
  'Sectigo',
  'The USERTRUST Network',
  'COMODO',
  'GoDaddy',
  'Starfield',
  'Amazon',
  'Google Trust Services',
  'IdenTrust',
  'QuoVadis',
  'SECOM',
  'Cybertrust Japan',
  'SSL Corporation',
];

const isOf = (name: string, organisations: readonly string[]): boolean =>
  organisations.some((each) => organisation(name).toLowerCase().startsWith(each.toLowerCase()));

/**
 * Whether that authority issues for Microsoft's hosts; by its organisation, as one list of roots changes from version
 * to version.
 */
export const issuesForMicrosoft = (name: string): boolean => isOf(name, MICROSOFTS);

const issuesFor = ({ target }: CheckResult, name: string): boolean =>
  isMicrosofts(target.host) ? issuesForMicrosoft(name) : isOf(name, PUBLIC);

/** OpenSSL's words for an issuer that nobody here vouches for. Any other reason is another fault. */
const NO_TRUSTED_ISSUER = [
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_UNTRUSTED',
];

const TOO_WEAK = ['CA_MD_TOO_WEAK', 'EE_KEY_TOO_SMALL', 'CA_KEY_TOO_SMALL'];

const isSelfSigned = ({ subject, issuer }: Certificate): boolean => subject === issuer;

/** A list knows the name of the root and not its key: somebody has copied the name. */
export const nameIsCopied = ({ evidence }: CheckResult): boolean =>
  (evidence.tls?.trustLists ?? []).some(({ root }) => root?.match === 'subject');

/** What TLS libraries of today refuse in what was presented. */
export const weaknesses = ({ evidence }: CheckResult): string[] => [
  ...new Set((evidence.tls?.chain ?? []).flatMap(({ weak = [] }) => weak)),
];

const shownAs = (result: CheckResult): string => `${endpointOf(result)} ${leaf(result)?.issuer ?? ''}`;

const chainsShown = censusOf<number>((result) =>
  isTrusted(result) ? [[shownAs(result), result.evidence.tls?.chain.length ?? 0]] : [],
);

/** How long the chains are that siblings are shown of the same issuer at the same place and trust, each once. */
const chainsOfSiblings = (result: CheckResult, context: RuleContext): number[] => [
  ...chainsShown(context, shownAs(result)).keys(),
];

/** Siblings are shown a certificate of the same issuer at the same place and trust it. */
export const isTrustedBySiblings = (result: CheckResult, context: RuleContext): boolean =>
  chainsOfSiblings(result, context).length > 0;

/**
 * - `weak`: signature or key. `missing-intermediate`: the chain ends before it comes to a root. `missing-root`: it ends
 * as it
 *   should, and no list here holds the root. `copied-name`: of an authority that everybody knows, under another key.
 * - `unknown-root`: nobody vouches. `other`: another reason, which the code names or not.
 */
export type Distrust =
  'weak' | 'missing-intermediate' | 'missing-root' | 'copied-name' | 'unknown-root' | 'other';

/** Why a certificate was refused here; null where none was. */
export function distrustOf(result: CheckResult, context: RuleContext): Distrust | null {
  if (!untrusted(result)) return null;
  const { distrust } = presented(result);
  if (TOO_WEAK.includes(distrust)) return 'weak';
  if (!NO_TRUSTED_ISSUER.includes(distrust)) return weaknesses(result).length > 0 ? 'weak' : 'other';
  if (nameIsCopied(result)) return 'copied-name';
  const chain = result.evidence.tls?.chain ?? [];
  const same = chainsOfSiblings(result, context);
  const longer = same.some((length) => length > chain.length);
  if (same.length === 0 && hasHole(result) && sharesAuthority(result, context)) return 'missing-intermediate';
  if (same.length === 0 && !issuesFor(result, presented(result).issuer)) return 'unknown-root';
  const ends = chain.some(isSelfSigned) || result.evidence.tls?.missingIssuer?.kind === 'root';
  if (!ends && (longer || chain.length === 1)) return 'missing-intermediate';
  return 'missing-root';
}

/** What issued the leaf was not sent, though something above it was. */
function hasHole({ evidence: { tls } }: CheckResult): boolean {
  const [leaf, ...above] = tls?.chain ?? [];
  return leaf !== undefined && above.length > 0 && above.every(({ subject }) => subject !== leaf.issuer);
}

const authoritiesTrusted = censusOf<true>(({ evidence: { tls } }) =>
  tls?.trusted ? tls.chain.slice(1).map(({ fingerprint256 }) => [fingerprint256, true] as const) : [],
);

/** An authority of this chain, by its key and not by its name, stands in a chain that siblings trust. */
function sharesAuthority({ evidence: { tls } }: CheckResult, context: RuleContext): boolean {
  const [, ...above] = tls?.chain ?? [];
  return above.some(({ fingerprint256 }) => authoritiesTrusted(context, fingerprint256).size > 0);
}

/** The root to which a chain leads, as far as it can be told; the fingerprint is null where only its name is known. */
export interface Root {
  subject: string;
  fingerprint: string | null;
}

export function rootOf({ evidence: { tls } }: CheckResult): Root | null {
  const known = (tls?.trustLists ?? []).find(({ root }) => root !== null && root.match !== 'subject')?.root;
  if (known) return { subject: known.subject, fingerprint: known.fingerprint256 };
  const chain = tls?.chain ?? [];
  const last = chain.at(-1);
  if (!last) return null;
  if (isSelfSigned(last)) return { subject: last.subject, fingerprint: last.fingerprint256 };
  if (tls?.missingIssuer?.kind === 'root') return { subject: tls.missingIssuer.subject, fingerprint: null };
  // What issued a leaf is hardly ever a root.
  return chain.length > 1 ? { subject: last.issuer, fingerprint: null } : null;
}

/** One line for each list that was asked. */
export const listLines = (results: readonly CheckResult[]): string[] =>
  results.flatMap((result) =>
    (result.evidence.tls?.trustLists ?? []).map(
      ({ name, size, error, root }) =>
        `${endpointOf(result)}: ${name} (${size ?? '?'} roots): ${error ?? (root ? `${root.subject} (${root.match})` : 'no root')}`,
    ),
  );

/** Names in the certificates of programs that open TLS on the machine on which they run. */
const ON_THE_MACHINE = [
  'avast',
  'avg web',
  'avg technologies',
  'kaspersky',
  'eset ssl',
  'bitdefender',
  'adguard',
  'dr.web',
  'fiddler',
  'charles proxy',
  'mitmproxy',
  'portswigger',
];

const LOOPBACK = ['127.', 'localhost', '[::1]'];

/**
 * Whether something on the server itself made the certificate: security software, a debugging proxy, a proxy on
 * loopback.
 */
export function isMadeHere(result: CheckResult): boolean {
  const issuer = presented(result).issuer.toLowerCase();
  const proxy = (result.evidence.proxy?.url ?? '').split('://').at(-1) ?? '';
  return (
    ON_THE_MACHINE.some((name) => issuer.includes(name)) || LOOPBACK.some((start) => proxy.startsWith(start))
  );
}
