import type { CheckResult } from '@mailpath/protocol';
import { defineRule } from '../rule.ts';
import { hosts } from '../wording.ts';

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
