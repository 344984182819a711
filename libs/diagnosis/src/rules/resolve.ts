import { defineRule } from '../rule.ts';
import { hosts } from '../wording.ts';

export const nameNotFound = defineRule({
  id: 'resolve.not-found',
  checklistItem: 'C9',
  owner: 'dns',
  applies: ({ failure }) => failure?.phase === 'resolve' && failure.code === 'not-found',
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
