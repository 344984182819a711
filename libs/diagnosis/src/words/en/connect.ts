import { type How, type Told, words } from '../told.ts';
import { HOW, OWN_RULE, PERIMETER, here, ifAll, ifLocal, list } from './phrases.ts';

export const connect = {
  'server.offline': words({
    sentence: () => 'Nothing can be reached: no connection came up to any host on any port.',
    cause: (p) =>
      `The server has no way to the internet at all: its network, its default gateway, or a firewall that lets nothing out.${ifAll(p, 'No server has one: the line of the whole site, or its firewall.')}`,
    nextStep: (p) =>
      `Check network, default gateway and firewall of ${here(p)} first; everything else follows from it.`,
  }),
  'connect.refused': words({
    sentence: ({ places }) => `TCP to ${list(places)} is refused.`,
    cause: (p) =>
      `Something answers in place of Microsoft and closes the port at once: a firewall rule that rejects, or a host or NAT entry that leads elsewhere.${ifAll(p, PERIMETER)}${ifLocal(p, OWN_RULE)}`,
    nextStep: (p) =>
      `Allow outgoing TCP from ${here(p)} to ${list(p.places)} by name, and check that the addresses are Microsoft's.`,
  }),
  'connect.timeout': words({
    sentence: ({ places }) => `TCP to ${list(places)} gets no answer.`,
    cause: (p) =>
      `Packets are dropped on the way: almost always a firewall without a rule for this server, host and port.${ifAll(p, PERIMETER)}${ifLocal(p, OWN_RULE)}`,
    nextStep: (p) => `Allow outgoing TCP from ${here(p)} to ${list(p.places)} by name, answers included.`,
  }),
  'connect.unreachable': words({
    sentence: ({ places }) => `There is no route to ${list(places)}.`,
    cause: (p) =>
      `The server has no route there, or a router or firewall answers that the way is barred (ICMP).${ifAll(p, PERIMETER)}${ifLocal(p, OWN_RULE)}`,
    nextStep: (p) =>
      `Check the default gateway of ${here(p)}, then the firewall on the way, for ${list(p.places)}.`,
  }),
  'connect.broken': words({
    sentence: ({ places }) => `TCP to ${list(places)} does not come up.`,
    cause: () => 'The connection was broken off while it was being made; a device on the way interferes.',
    nextStep: (p) => `Let the network team trace TCP from ${here(p)} to ${list(p.places)}.`,
  }),
  'connect.port-closed': words<Told & { port: number; how: How }>({
    sentence: ({ port, how, hosts }) => `TCP port ${port} ${HOW[how]}, whatever the host: ${list(hosts)}.`,
    cause: (p) =>
      `A firewall bars outgoing port ${p.port} as such; other ports are open.${ifAll(p, PERIMETER)}${ifLocal(p, OWN_RULE)}`,
    nextStep: (p) => `Allow outgoing TCP port ${p.port} from ${here(p)} to ${list(p.hosts)}.`,
  }),
  'connect.host-closed': words<Told & { host: string; how: How }>({
    sentence: ({ host, how, places }) => `TCP to ${host} ${HOW[how]} on every port: ${list(places)}.`,
    cause: (p) =>
      `Something bars or misleads the host itself and not a port: a firewall that knows it by address and has an old list, or an address that is not Microsoft's.${ifAll(p, PERIMETER)}${ifLocal(p, OWN_RULE)}`,
    nextStep: (p) =>
      `Allow ${p.host} by name for ${here(p)}, and compare its addresses with those on a server that works.`,
  }),
  'connect.mail-ports': words<Told & { how: How }>({
    sentence: ({ places, how }) => `Only port 443 is open; TCP to ${list(places)} ${HOW[how]}.`,
    cause: (p) =>
      `The firewall lets web traffic out and none of the mail ports: the rule for the mail servers of Microsoft 365 is missing.${ifAll(p, PERIMETER)}${ifLocal(p, OWN_RULE)}`,
    nextStep: (p) =>
      `Allow outgoing TCP from ${here(p)} to ${list(p.places)}; web access is not enough for mail.`,
  }),
  'connect.family-dead': words<Told & { family: 4 | 6; addresses: string[] }>({
    sentence: ({ family, hosts }) =>
      `No IPv${family} address of ${list(hosts)} can be reached; the other family works.`,
    cause: (p) =>
      `IPv${p.family} has an address and a route here, but leads nowhere. Clients that try it first wait, and Java programs may fail.${ifLocal(p, 'The way of other servers is good.')}`,
    nextStep: (p) =>
      `Repair IPv${p.family} on the way of ${here(p)}, or take it off where it is not meant to be used.`,
  }),
  'connect.some-addresses': words<Told & { addresses: string[] }>({
    sentence: ({ addresses, hosts }) =>
      `${list(addresses)} of ${list(hosts)} cannot be reached, other addresses can.`,
    cause: () =>
      'Some addresses of the name cannot be reached from here. Clients get through on another one, later, and now and then not at all.',
    nextStep: (p) => `Allow ${list(p.places)} by name rather than by a list of addresses, for ${here(p)}.`,
  }),
  'connect.only-together': words({
    sentence: ({ places }) =>
      `The check of ${list(places)} failed at first and passed when it was repeated alone.`,
    cause: () =>
      'A fault of the moment, or a device on the way that limits how many connections one server may open at once.',
    nextStep: (p) =>
      `If it comes again, let the firewall team look for a limit on connections from ${here(p)} to ${list(p.places)}.`,
  }),
};
