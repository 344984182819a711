import type { CheckResult } from '@mailpath/protocol';
import { distinct, endpointOf, type ServerView } from './look.ts';
import { destinationsOf, isWeb } from './observe.ts';

/**
 * How far a cause reaches on one server, from the smallest. Names that share addresses are one destination; `zone` is
 * the domain that names share, as rules by name know it; `host-service` and `destination-service` are the mail or the
 * web side of one. Of two that hold the same results the one that more people know stands first. `family` and
 * `resolver` lie across all places: what was spoken with over IPv4 or IPv6, and the name servers that were asked.
 */
export const SCOPES = [
  'place',
  'host',
  'host-service',
  'destination',
  'zone',
  'port',
  'service',
  'destination-service',
  'server',
  'family',
  'resolver',
] as const;
export type ScopeKind = (typeof SCOPES)[number];

/** Results that one cause covers, and the smallest scope that holds all of them. */
export interface Scoped {
  kind: ScopeKind;
  results: readonly CheckResult[];
}

/** What results of one scope have in common. */
export function keyIn(kind: ScopeKind, result: CheckResult, server: ServerView): string {
  const { host, port } = result.target;
  const service = () => (isWeb(result) ? 'web' : 'mail');
  const destination = () => destinationsOf(server).get(host) ?? host;
  const keys: Record<ScopeKind, () => string> = {
    place: () => endpointOf(result),
    host: () => host,
    'host-service': () => `${host} ${service()}`,
    destination,
    'destination-service': () => `${destination()} ${service()}`,
    zone: () => host.split('.').slice(-2).join('.'),
    port: () => String(port),
    service,
    server: () => '',
    family: () => familyOf(result) ?? endpointOf(result),
    resolver: () => resolversOf(result) || endpointOf(result),
  };
  return keys[kind]();
}

/** Of the address that was spoken with; null where none was. */
function familyOf({ evidence: { connect } }: CheckResult): 'IPv4' | 'IPv6' | null {
  const used = connect?.used;
  return used ? (used.includes(':') ? 'IPv6' : 'IPv4') : null;
}

const resolversOf = ({ evidence: { dns } }: CheckResult): string =>
  (dns?.resolvers ?? [])
    .map(({ server }) => server)
    .toSorted()
    .join(' ');

/** Where one scope does not hold all, the widest that somebody may have made a rule for are tried first. */
const GREEDY: readonly ScopeKind[] = [
  'service',
  'host',
  'destination',
  'zone',
  'port',
  'host-service',
  'destination-service',
];

/**
 * Puts results that broke alike into as few scopes as their witnesses allow: the smallest scope that holds all of them
 * and no witness, or else the largest parts, and what is left place by place. `witnesses` are results of the same class
 * that did not break so. Pure; the order of results does not matter.
 */
export function scopesOf(
  broken: readonly CheckResult[],
  witnesses: readonly CheckResult[],
  server: ServerView,
  kinds: readonly ScopeKind[] = SCOPES,
): Scoped[] {
  if (broken.length === 0) return [];
  const isFree = (kind: ScopeKind, key: string): boolean =>
    !witnesses.some((witness) => keyIn(kind, witness, server) === key);
  const holds = (kind: ScopeKind): boolean => {
    const [key, ...others] = distinct(broken.map((each) => keyIn(kind, each, server)));
    return key !== undefined && others.length === 0 && (kind === 'place' || isFree(kind, key));
  };
  const smallest = kinds.find(holds);
  // Where all of mail is barred and the web is not, that is the better-known rule, whatever the names have in common.
  const isMail = (smallest === 'destination' || smallest === 'zone') && !broken.some(isWeb);
  const whole = isMail && kinds.includes('service') && holds('service') ? 'service' : smallest;
  if (whole) return [{ kind: whole, results: broken }];
  for (const kind of GREEDY.filter((each) => kinds.includes(each))) {
    const parts = [...Map.groupBy(broken, (each) => keyIn(kind, each, server))].filter(
      ([key, results]) => isFree(kind, key) && distinct(results.map(endpointOf)).length > 1,
    );
    const [, largest] = parts.toSorted(([, a], [, b]) => b.length - a.length)[0] ?? [];
    if (!largest) continue;
    const rest = broken.filter((each) => !largest.includes(each));
    const ports = distinct(largest.map(({ target }) => target.port));
    // The web side of everything is better known by its port.
    const named = kind === 'service' && ports.length === 1 ? 'port' : kind;
    return [{ kind: named, results: largest }, ...scopesOf(rest, witnesses, server, kinds)];
  }
  return [...Map.groupBy(broken, endpointOf).values()].map((results) => ({ kind: 'place', results }));
}
