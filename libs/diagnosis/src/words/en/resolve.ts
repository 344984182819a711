import { type Told, words } from '../told.ts';
import { here, ifAll, ifLocal, list } from './phrases.ts';

export const resolve = {
  'resolve.no-name': words({
    sentence: ({ hosts }) => `No name exists for this server's resolver: ${list(hosts)}.`,
    cause: () =>
      'The resolver knows no name of Microsoft 365 at all: it serves internal names only, or cannot ask the internet.',
    nextStep: (p) =>
      `Let the DNS servers of ${here(p)} resolve public names (forwarding or root hints), at the least ${list(p.hosts)}.`,
  }),
  'resolve.no-answer': words({
    sentence: ({ hosts }) => `No resolver gave an address for ${list(hosts)}.`,
    cause: (p) =>
      `The configured DNS servers did not answer, or answered with an error, so nothing behind a name can be reached.${ifAll(p, 'All servers are without: look at the DNS servers themselves.')}`,
    nextStep: (p) =>
      `Check the DNS servers in the network settings of ${here(p)} and that they can be reached on port 53 (UDP and TCP); they must resolve ${list(p.hosts)}.`,
  }),
  'resolve.name-fails': words({
    sentence: ({ hosts }) =>
      `The resolver gives no usable answer for ${list(hosts)}, and does for other names.`,
    cause: () =>
      'The resolver fails for this name alone: a zone, a forwarder or a filter of its own for it is broken.',
    nextStep: (p) =>
      `Let the DNS team look up ${list(p.hosts)} at the resolvers of ${here(p)} and mend what answers for it.`,
  }),
  'resolve.not-found': words({
    sentence: ({ hosts }) => `The name ${list(hosts)} does not exist for this server.`,
    cause: () =>
      'The resolver answered that the name does not exist: an internal zone that hides the public one, a DNS filter, or a mistyped host.',
    nextStep: (p) =>
      `Look up ${list(p.hosts)} on ${here(p)} and on a server that works, and compare the resolvers they use; then correct the zone, the filter or the host.`,
  }),
  'resolve.hosts-entry': words<Told & { addresses: string[] }>({
    sentence: ({ addresses, hosts }) =>
      `This server uses ${list(addresses)} for ${list(hosts)}, which none of its resolvers gives.`,
    cause: () =>
      'An entry of the hosts file, or another name service of this server, stands before the DNS and is out of date.',
    nextStep: (p) => `Look for ${list(p.hosts)} in the hosts file of ${here(p)} and take the entry out.`,
  }),
  'resolve.unusual-address': words<Told & { addresses: string[] }>({
    sentence: ({ addresses, hosts }) =>
      `${list(hosts)} leads to ${list(addresses)}: not an address of Microsoft.`,
    cause: () =>
      'An internal zone, a DNS filter or a sinkhole answers for the name with an address of its own.',
    nextStep: (p) =>
      `Let the DNS team resolve ${list(p.hosts)} to what the public DNS says, for the resolvers of ${here(p)}.`,
  }),
  'resolve.other-answer': words<Told & { addresses: string[]; others: string[]; resolvers: string[] }>({
    sentence: ({ hosts, addresses, others }) =>
      `${list(hosts)} leads to ${list(addresses)} here, which nobody reaches; siblings get ${list(others)} and get through.`,
    cause: ({ resolvers }) =>
      `This server asks other DNS servers (${list(resolvers)}) than its siblings, and their answer leads to a place that does not answer: a split or stale zone.`,
    nextStep: (p) =>
      `Let ${here(p)} use the DNS servers of its siblings, or correct what ${list(p.resolvers)} say of ${list(p.hosts)}.`,
  }),
  'resolve.one-resolver': words<Told & { resolver: string; status: string }>({
    sentence: ({ resolver, status }) => `The DNS server ${resolver} fails (${status}), another one answers.`,
    cause: (p) =>
      `One of the configured DNS servers does not do its work, so every look-up that begins with it is late, and fails when the other is busy.${ifLocal(p, 'It answers other servers of the site: the way from here to it is closed.')}`,
    nextStep: (p) =>
      `Repair ${p.resolver}, or the way of ${here(p)} to its port 53, or take it out of the network settings.`,
  }),
};
