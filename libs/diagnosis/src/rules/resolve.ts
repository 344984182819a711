import type { CheckResult } from '@mailpath/protocol';
import { defineRule } from '../rule.ts';
import { enumerate, hosts } from '../wording.ts';

const isNotFound = ({ failure }: CheckResult): boolean =>
  failure?.phase === 'resolve' && failure.code === 'not-found';

/** How many different names were looked up; an address needs no look-up. */
const lookedUp = (round: readonly CheckResult[]): CheckResult[] =>
  round.filter(
    ({ phases, evidence }) => evidence.dns !== undefined || phases.some(({ name }) => name === 'resolve'),
  );

export const noNameFound = defineRule({
  id: 'resolve.no-name',
  checklistItem: 'C9',
  owner: 'dns',
  applies: (result, round) => {
    const names = lookedUp(round);
    return (
      isNotFound(result) &&
      names.every(isNotFound) &&
      new Set(names.map(({ target }) => target.host)).size > 1
    );
  },
  groupBy: () => 'resolver',
  sentence: ({ target }) =>
    `The name ${target.host} does not exist for this server, and neither does any other.`,
  cause: () =>
    'The resolver of this server knows no name of Microsoft 365 at all: it serves internal names only, or cannot ask the internet.',
  nextStep: (results) =>
    `Let the DNS servers of this server resolve public names (forwarding or root hints), at the least ${hosts(results)}.`,
});

export const nameNotFound = defineRule({
  id: 'resolve.not-found',
  checklistItem: 'C9',
  owner: 'dns',
  applies: isNotFound,
  groupBy: ({ target }) => target.host,
  sentence: ({ target }) => `The name ${target.host} does not exist for this server.`,
  cause: () =>
    'The resolver answered that the name does not exist: an internal zone that hides the public one, a DNS filter, or a mistyped host.',
  nextStep: (results) =>
    `Look up ${hosts(results)} on this server and on one that works, and compare the resolvers they use; then correct the zone, the filter or the host.`,
});

export const resolverFailed = defineRule({
  id: 'resolve.no-answer',
  checklistItem: 'C9',
  owner: 'dns',
  applies: ({ failure }) => failure?.phase === 'resolve',
  // A resolver that answers nothing stops every name: one cause, one finding.
  groupBy: () => 'resolver',
  sentence: ({ target }) => `No resolver of this server gave an address for ${target.host}.`,
  cause: () =>
    'The DNS servers configured on this server did not answer, or answered with an error, so nothing behind a name can be reached.',
  nextStep: (results) =>
    `Check the DNS servers in this server's network settings and that it may reach them on port 53 (UDP and TCP); they must resolve ${hosts(results)}.`,
});

/** Addresses that the system uses although no resolver gives them, while the resolvers do answer. */
function fromHostsFile({ evidence: { dns } }: CheckResult): string[] {
  if (!dns || dns.pinned || !dns.resolvers) return [];
  const given = dns.resolvers.flatMap(({ a, aaaa }) => [...a.records, ...aaaa.records]);
  return given.length === 0 ? [] : dns.addresses.filter((address) => !given.includes(address));
}

export const hostsFileEntry = defineRule({
  id: 'resolve.hosts-entry',
  checklistItem: 'C9',
  owner: 'server-administrator',
  // Microsoft's answers change from one question to the next, so only addresses that are all unheard of count.
  applies: (result) => {
    const odd = fromHostsFile(result);
    return (
      result.outcome === 'fail' && odd.length > 0 && odd.length === result.evidence.dns?.addresses.length
    );
  },
  groupBy: ({ target }) => target.host,
  sentence: (result) =>
    `This server uses ${enumerate(fromHostsFile(result))} for ${result.target.host}, which none of its resolvers gives.`,
  cause: () =>
    'An entry of the hosts file, or another name service of this server, stands before the DNS and is out of date.',
  nextStep: (results) =>
    `Look for ${hosts(results)} in the hosts file of this server and take the entry out.`,
  evidence: (results) =>
    results.flatMap((result) => [
      `used: ${result.evidence.dns?.addresses.join(', ')}`,
      ...(result.evidence.dns?.resolvers ?? []).map(
        ({ server, a, aaaa }) => `${server}: ${[...a.records, ...aaaa.records].join(', ') || a.status}`,
      ),
    ]),
});

export const addressNotMicrosofts = defineRule({
  id: 'resolve.unusual-address',
  checklistItem: 'C9',
  owner: 'dns',
  applies: ({ outcome, evidence: { dns } }) =>
    outcome === 'fail' && !dns?.pinned && (dns?.unusual?.length ?? 0) > 0,
  groupBy: ({ target }) => target.host,
  sentence: ({ target, evidence }) =>
    `${target.host} leads to ${enumerate(evidence.dns?.unusual ?? [])}: not an address of Microsoft.`,
  cause: () =>
    'An internal zone, a DNS filter or a sinkhole answers for the name with an address of its own.',
  nextStep: (results) =>
    `Let the DNS team resolve ${hosts(results)} to what the public DNS says, for this server's resolvers.`,
  evidence: (results) => results.flatMap(({ evidence }) => evidence.dns?.unusual ?? []),
});
