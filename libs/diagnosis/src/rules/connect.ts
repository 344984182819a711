import type { DialAttempt } from '@mailpath/protocol';
import { defineRule } from '../rule.ts';
import { place, places } from '../wording.ts';

export const portRefused = defineRule({
  id: 'connect.refused',
  checklistItem: 'C10',
  owner: 'network',
  applies: ({ failure }) => failure?.phase === 'connect' && failure.code === 'refused',
  sentence: (result) => `TCP to ${place(result)} is refused.`,
  cause: () =>
    'Something answers in place of Microsoft and closes the port at once: a firewall rule that rejects, or a host or NAT entry that leads elsewhere.',
  nextStep: (results) =>
    `Allow outgoing TCP from this server to ${places(results)} by name, and check that the addresses are Microsoft's.`,
});

export const portFiltered = defineRule({
  id: 'connect.timeout',
  checklistItem: 'C10',
  owner: 'network',
  applies: ({ failure }) => failure?.phase === 'connect' && failure.code === 'timeout',
  sentence: (result) => `TCP to ${place(result)} gets no answer.`,
  cause: () =>
    'Packets are dropped on the way: almost always a firewall without a rule for this server, host and port.',
  nextStep: (results) =>
    `Allow outgoing TCP from this server to ${places(results)} by name, answers included.`,
});

export const noRoute = defineRule({
  id: 'connect.unreachable',
  checklistItem: 'C10',
  owner: 'network',
  applies: ({ failure }) => failure?.phase === 'connect' && failure.code === 'unreachable',
  sentence: (result) => `There is no route to ${place(result)}.`,
  cause: () =>
    'This server has no route there, or a router or firewall answers that the way is barred (ICMP).',
  nextStep: (results) =>
    `Check the default gateway of this server, then the firewall on the way, for ${places(results)}.`,
});

export const connectOther = defineRule({
  id: 'connect.broken',
  checklistItem: 'C10',
  owner: 'network',
  confidence: 'possible',
  applies: ({ failure }) => failure?.phase === 'connect' && failure.code !== 'internal',
  sentence: (result) => `TCP to ${place(result)} does not come up.`,
  cause: () => 'The connection was broken off while it was being made; a device on the way interferes.',
  nextStep: (results) => `Let the network team trace TCP from this server to ${places(results)}.`,
});

const NO_IPV6_HERE = ['ENETUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT'];

/** An address that a client may meet and not get through on; that a machine has no IPv6 at all hurts nobody. */
const isDead = ({ family, outcome, detail }: DialAttempt): boolean =>
  outcome !== 'reached' && !(family === 6 && NO_IPV6_HERE.includes(detail ?? ''));

export const someAddressesDead = defineRule({
  id: 'connect.some-addresses',
  checklistItem: 'C10',
  owner: 'network',
  applies: ({ outcome, evidence }) =>
    outcome === 'warn' && (evidence.connect?.attempts.some(isDead) ?? false),
  groupBy: ({ target }) => target.host,
  sentence: (result) => result.reason ?? `Not every address of ${result.target.host} answers.`,
  cause: () =>
    'Some addresses of the name cannot be reached from here. Clients get through on another one, later, and now and then not at all.',
  nextStep: (results) =>
    `Allow ${places(results)} by name rather than by a list of addresses; where IPv6 has no way out, repair it or take it off this server.`,
});

export const onlyTogether = defineRule({
  id: 'connect.only-together',
  checklistItem: 'C10',
  owner: 'network',
  confidence: 'possible',
  applies: ({ outcome, repeats }) => outcome === 'pass' && repeats !== null,
  groupBy: () => 'together',
  sentence: (result) =>
    `The check of ${place(result)} failed at first and passed when it was repeated alone.`,
  cause: () =>
    'A fault of the moment, or a device on the way that limits how many connections this server may open at once.',
  nextStep: (results) =>
    `If it comes again, let the firewall team look for a limit on connections from this server to ${places(results)}.`,
  evidence: (results) =>
    results.map((result) => `${place(result)}: second look ${result.id} of ${result.repeats}`),
});
