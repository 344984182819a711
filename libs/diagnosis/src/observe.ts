import { checkFacts, type CheckResult, type Phase } from '@mailpath/protocol';
import { kept } from './kept.ts';
import type { ServerView } from './look.ts';
import { isMicrosofts } from './microsoft-hosts.ts';

/**
 * Whose place a result looked at: Microsoft's services, the site's own address of ECE, or a place that the site added.
 * What one class of places shows says nothing of another: the path inside the network is not the path to Microsoft.
 */
export type TargetClass = 'microsoft' | 'site' | 'extra';

export function classOf({ check, target }: CheckResult): TargetClass {
  const { service, lane } = checkFacts(check);
  if (service !== null || isMicrosofts(target.host)) return 'microsoft';
  return lane === 'ece' ? 'site' : 'extra';
}

/** The results of one class, so that what is compared can bear witness. */
export const ofClass = (results: readonly CheckResult[], wanted: TargetClass): CheckResult[] =>
  results.filter((result) => classOf(result) === wanted);

/** By what is spoken there: a site may have its targets on other ports than Microsoft's. */
export const isWeb = ({ check, target }: CheckResult): boolean =>
  checkFacts(check).speaks === 'https' || target.port === 443;

/**
 * The result got past a phase, whatever came later. One that never came to it, or was not tried, says nothing of it.
 */
export function isPast(result: CheckResult, phase: Phase): boolean {
  if (result.outcome === 'skipped' || result.failure?.code === 'internal') return false;
  if (result.failure === null) return true;
  const walked = checkFacts(result.check).phases;
  const asked = walked.indexOf(phase);
  return asked >= 0 && brokeAt(result, result.failure.phase, walked) > asked;
}

/** Where in its walk it broke: a phase that is walked twice, as SMTP's greeting is, by how often it was begun. */
function brokeAt({ phases }: CheckResult, phase: Phase, walked: readonly Phase[]): number {
  const places = walked.flatMap((each, index) => (each === phase ? [index] : []));
  const begun = phases.filter(({ name }) => name === phase).length;
  return places[Math.min(Math.max(begun, 1), places.length) - 1] ?? -1;
}

const addressesOf = ({ evidence: { dns } }: CheckResult): readonly string[] =>
  dns === undefined || dns.pinned ? [] : dns.addresses;

const share = (some: ReadonlySet<string>, others: ReadonlySet<string>): boolean =>
  [...some].some((each) => others.has(each));

/**
 * The destination of each host as this server resolves it: names that share an address are one, called by the first of
 * them in the order of the alphabet. A host without an address is its own.
 */
export const destinationsOf = kept((server: ServerView): ReadonlyMap<string, string> => {
  const groups: { hosts: Set<string>; addresses: Set<string> }[] = [];
  for (const result of server.results) {
    const own = {
      hosts: new Set([result.target.host]),
      addresses: new Set(addressesOf(result)),
    };
    const same = groups.filter(
      ({ hosts, addresses }) => share(hosts, own.hosts) || share(addresses, own.addresses),
    );
    const one = {
      hosts: new Set([...same.flatMap(({ hosts }) => [...hosts]), ...own.hosts]),
      addresses: new Set([...same.flatMap(({ addresses }) => [...addresses]), ...own.addresses]),
    };
    groups.splice(0, groups.length, ...groups.filter((group) => !same.includes(group)), one);
  }
  return new Map(
    groups.flatMap(({ hosts }) => {
      const [name = ''] = [...hosts].toSorted();
      return [...hosts].map((host): [string, string] => [host, name]);
    }),
  );
});
