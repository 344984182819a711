import { byTrouble, type NameTold, type TroubleTable } from '../name-troubles.ts';
import { here, list } from './phrases.ts';

const TABLE: TroubleTable = {
  'no-resolver': {
    did: () => 'this server has no DNS server configured',
    cause: () => 'The network settings of this server name no DNS server, so nobody is asked at all.',
    step: (p) => `Enter the DNS servers in the network settings of ${here(p)}.`,
  },
  prohibited: {
    did: (resolver) => `this machine forbids the question to ${resolver}`,
    cause: () =>
      'A firewall or route on this server itself forbids DNS questions: nothing leaves the machine, so no other device is involved.',
    step: (p, resolvers) =>
      `Allow UDP and TCP 53 from ${here(p)} to ${resolvers} in the server's own firewall.`,
  },
  unreachable: {
    did: (resolver) => `${resolver} cannot be reached (no route)`,
    cause: () =>
      'There is no route to the address of the DNS server, or a router says that it cannot reach it.',
    step: (p, resolvers) => `Check routes and gateway of ${here(p)} towards ${resolvers}.`,
  },
  'port-closed': {
    did: (resolver) => `nobody listens on UDP 53 at ${resolver}`,
    cause: ({ answersOthers }) =>
      answersOthers.length > 0
        ? `The address answers that nobody listens on UDP 53, yet it serves ${list(answersOthers)}: a firewall answers in its name.`
        : 'The machine is there and runs no DNS service, or the address is not that of a DNS server.',
    step: (p, resolvers) =>
      p.answersOthers.length > 0
        ? `Open UDP and TCP 53 from ${here(p)} to ${resolvers}.`
        : `Start the DNS service on ${resolvers}, or correct the address in the network settings of ${here(p)}.`,
  },
  'no-answer': {
    did: (resolver) => `${resolver} does not answer`,
    cause: ({ answersOthers }) =>
      answersOthers.length > 0
        ? `It answers ${list(answersOthers)}, so the DNS server works: questions or answers are lost between it and this server.`
        : 'The DNS server is down, does not answer this server, or a firewall drops UDP 53 on the path.',
    step: (p, resolvers) =>
      p.answersOthers.length > 0
        ? `Let the network team open UDP and TCP 53 from ${here(p)} to ${resolvers}.`
        : `See that ${resolvers} runs and answers questions from ${here(p)} on UDP and TCP 53.`,
  },
  truncated: {
    did: (resolver) =>
      `${resolver} answers on UDP 53, but the answer is too long for UDP and TCP 53 does not give it`,
    cause: () =>
      'A long answer must be asked for again over TCP (RFC 7766), and TCP 53 is closed between this server and its DNS server; short answers still come, so other names may work.',
    step: (p, resolvers) => `Open TCP 53 from ${here(p)} to ${resolvers}; UDP 53 alone is not enough.`,
  },
  refused: {
    did: (resolver) => `${resolver} refuses the question (REFUSED)`,
    cause: () =>
      'The DNS server can be reached and will not answer this server: its list of clients that may ask does not hold the address of this server.',
    step: (p, resolvers) => `Allow recursive questions from ${here(p)} on ${resolvers}.`,
  },
  'no-recursion': {
    did: (resolver) => `${resolver} looks nothing up for others (no recursion)`,
    cause: () =>
      'The configured address is that of a DNS server that only tells of its own zones; a client needs one that looks names up on the internet.',
    step: (p, resolvers) =>
      `Enter a resolver that offers recursion in the network settings of ${here(p)} instead of ${resolvers}, or allow recursion for it there.`,
  },
  servfail: {
    did: (resolver) => `${resolver} answers with a failure (SERVFAIL)`,
    cause: () =>
      'The DNS server is reached and fails to find the answer itself: its forwarders or its path to the internet do not work.',
    step: (p, resolvers) =>
      `Let the DNS team look up ${list(p.hosts)} on ${resolvers} itself and check its forwarders; the path from ${here(p)} to it is good.`,
  },
  upstream: {
    did: (resolver) => `${resolver} reaches no DNS server that knows the name (SERVFAIL)`,
    cause: () =>
      'The DNS server says itself that it cannot reach the servers behind it: its forwarders, or its path to the internet on port 53.',
    step: (_, resolvers) => `Check the forwarders of ${resolvers} and its outbound UDP and TCP 53.`,
  },
  dnssec: {
    did: (resolver) => `${resolver} rejects the answer's signatures (DNSSEC)`,
    cause: () =>
      'The DNS server validates signatures and finds them wrong: something between it and the internet alters answers, or its clock or trust anchor is out of date.',
    step: (_, resolvers) =>
      `Check clock and trust anchor of ${resolvers}, and whether its forwarder strips DNSSEC records.`,
  },
  blocked: {
    did: (resolver) => `${resolver} hides the name by a policy of its own`,
    cause: () =>
      'The DNS server says itself that a filter bars the name: it is neither missing nor out of reach.',
    step: (p, resolvers) => `Exempt ${list(p.hosts)} from the DNS filter on ${resolvers}.`,
  },
  'old-dns': {
    did: (resolver) => `${resolver} does not understand the question (FORMERR or NOTIMP)`,
    cause: () =>
      'A DNS server, or a firewall that inspects DNS on the path, rejects questions of today (EDNS, RFC 6891).',
    step: (p, resolvers) => `Update ${resolvers}, or switch off DNS inspection between it and ${here(p)}.`,
  },
  malformed: {
    did: (resolver) => `what comes from ${resolver} is no answer to the question`,
    cause: () => 'Something that is no DNS server listens there, or a device on the path alters the answers.',
    step: (p, resolvers) => `Find out what answers on UDP 53 at ${resolvers} for ${here(p)}.`,
  },
  'other-rcode': {
    did: (resolver) => `${resolver} answers with an unusual code`,
    cause: () => 'The DNS server is reached and refuses by a code that resolvers rarely give.',
    step: (p, resolvers) => `Look for questions of ${here(p)} in the log of ${resolvers}.`,
  },
  unusable: {
    did: (resolver) => `${resolver} answers, and not with anything that can be used`,
    cause: () =>
      'The DNS server is reached, since it answers for the other address family. What it answers here cannot be used: most often the answer is too long for UDP, and TCP 53 is closed.',
    step: (p, resolvers) =>
      `Open TCP 53 from ${here(p)} to ${resolvers}, and look up ${list(p.hosts)} there; a newer agent tells which it is.`,
  },
  nxdomain: {
    did: (resolver) => `${resolver} says that the name does not exist (NXDOMAIN)`,
    cause: () =>
      'The name is unknown there: an internal zone that hides the public one, a DNS server without the internet, or a mistyped host.',
    step: (p, resolvers) =>
      `Compare what ${resolvers} says of ${list(p.hosts)} with the public DNS; correct the zone, the forwarder or the host.`,
  },
  'no-data': {
    did: (resolver) => `${resolver} says that the name exists and has no address`,
    cause: () =>
      'The DNS server knows the name without an address: an internal zone of that name lacks the record, or a filter strips it.',
    step: (p, resolvers) =>
      `Add the address records of ${list(p.hosts)} on ${resolvers}, or remove the internal zone that hides the public one.`,
  },
  'alias-without-address': {
    did: (resolver) => `${resolver} gives an alias (CNAME) that leads to no address`,
    cause: () =>
      "The name is an alias, and the DNS server finds no address behind it: it may look up the name itself but not the one that it leads to, as a filter or zone for Microsoft's inner names does.",
    step: (_, resolvers) =>
      `Let ${resolvers} resolve whatever the alias leads to; Microsoft's inner names change and must not be filtered.`,
  },
};

/** `192.0.2.53 refuses the question (REFUSED); 192.0.2.54 does not answer`. */
export const did = ({ troubles }: NameTold): string =>
  troubles
    .flatMap(({ resolver, trouble, note }) =>
      trouble === 'unknown' ? [] : `${TABLE[trouble].did(resolver)}${note === '' ? '' : ` [${note}]`}`,
    )
    .join('; ');

export const causes = (p: NameTold): string =>
  byTrouble(p)
    .map(([trouble]) => TABLE[trouble].cause(p))
    .join(' ');

export const steps = (p: NameTold): string =>
  byTrouble(p)
    .map(([trouble, resolvers]) => TABLE[trouble].step(p, list(resolvers)))
    .join(' ');
