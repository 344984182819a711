import { type Told, words } from '../told.ts';
import { here, ifAll, ifLocal, list, minutes } from './phrases.ts';

export const tls = {
  'clock.wrong': words<Told & { clocks: { server: string; aheadMs: number }[] }>({
    sentence: ({ clocks }) =>
      `The clock is wrong: ${list(clocks.map(({ server, aheadMs }) => `${server} is ${minutes(aheadMs)}`))}.`,
    cause: (p) =>
      `The server does not follow a time source. Certificates and tokens are judged by the clock, and beyond 5 minutes they are refused.${ifAll(p, 'All servers are off: look at the time source that they share.')}`,
    nextStep: (p) =>
      `Let ${here(p)} follow a time source (NTP or the domain's) again; then look at the rest anew.`,
  }),
  'tls.black-hole': words({
    sentence: ({ places }) =>
      `Connections come up and small packets pass, but every TLS handshake stalls: ${list(places)}.`,
    cause: (p) =>
      `Large packets are lost on the way without a word (path MTU black hole): a tunnel, VPN or firewall that drops ICMP "fragmentation needed".${ifLocal(p, 'Other servers get through: it is on the way of this one.')}`,
    nextStep: (p) =>
      `Try ${here(p)} with a smaller MTU (such as 1300); then let the network team allow ICMP type 3 code 4 (ICMPv6 type 2), or clamp the MSS on the tunnel.`,
  }),
  'tls.expired': words<Told & { issuer: string }>({
    sentence: ({ places, issuer }) =>
      `The certificate on ${list(places)} is out of its dates (issuer ${issuer}).`,
    cause: () =>
      "Either this server's clock is wrong, or something that opens TLS on the way presents a certificate of its own that has run out; Microsoft's do not.",
    nextStep: (p) =>
      `Compare the clock of ${here(p)} with a time source; if it is right, show issuer and dates to the proxy team.`,
  }),
  'tls.other-name': words<Told & { subject: string }>({
    sentence: ({ places, subject }) => `The certificate on ${list(places)} is for another name (${subject}).`,
    cause: () =>
      'The name leads to a machine that is not the one asked for: a wrong DNS answer, hosts-file entry, NAT or proxy.',
    nextStep: (p) =>
      `Compare the addresses of ${list(p.places)} on ${here(p)} with those on a server that works.`,
  }),
  'tls.untrusted': words<Told & { issuer: string }>({
    sentence: ({ places, issuer }) =>
      `TLS on ${list(places)} is answered by a certificate that is not trusted here: issuer ${issuer}.`,
    cause: (p) =>
      `The certificate comes from ${p.issuer}, which no trusted root vouches for: most likely a proxy or firewall opens TLS on this path; or the server sends an incomplete chain.${ifLocal(p, 'Other servers get Microsoft’s own certificate: it is on the way of this one alone.')}`,
    nextStep: (p) => `Exempt ${list(p.places)} from TLS inspection for ${here(p)}.`,
  }),
  'tls.cut': words<Told & { silent: boolean }>({
    sentence: ({ places, silent }) =>
      `TCP to ${list(places)} opens, then the TLS handshake ${silent ? 'gets no answer' : 'is cut off'}.`,
    cause: ({ silent }) =>
      silent
        ? 'A device on the way swallows the handshake: a firewall that filters TLS by name, or large packets that get lost (path MTU).'
        : 'A device on the way cuts the handshake: a firewall or proxy that filters TLS by name or version.',
    nextStep: (p) =>
      `Let the firewall team look at its log for ${list(p.places)} from ${here(p)}; test with a smaller MTU when the handshake stalls.`,
  }),
  'tls.failed': words<Told & { offered: string[] }>({
    sentence: ({ places, offered }) =>
      `TCP to ${list(places)} opens, but what answers does not speak TLS 1.2 or later${offered.length > 0 ? `: it offers ${list(offered)}` : ''}.`,
    cause: () => 'Another service, or a proxy that downgrades TLS, answers on this port.',
    nextStep: (p) =>
      `Find out what answers on ${list(p.places)} for ${here(p)}; Microsoft 365 offers TLS 1.2 and 1.3.`,
  }),
  'tls.other-issuer': words<Told & { issuer: string; usual: string[]; machine: boolean }>({
    sentence: ({ places, issuer, usual }) =>
      `TLS on ${list(places)} is answered by ${issuer}${usual.length > 0 ? `, on siblings by ${list(usual)}` : ', which Microsoft is not known to use'}. The certificate is trusted here.`,
    cause: ({ machine, witnesses }) =>
      `${machine ? 'Only a root in this machine’s own store vouches for it' : 'Its issuer is none of Microsoft’s'}: a proxy or firewall opens TLS on the way${witnesses.length > 0 ? ', and only here' : ''}. ECE’s Java has a trust store of its own and may refuse what this machine accepts.`,
    nextStep: (p) =>
      `Exempt ${list(p.places)} from TLS inspection for ${here(p)}; Microsoft does not support inspection for these hosts.`,
  }),
  'tls.older-version': words<Told & { version: string; usual: string }>({
    sentence: ({ places, version, usual }) =>
      `${list(places)} agrees on ${version} here, on siblings on ${usual}.`,
    cause: () =>
      'The same service agrees on an older TLS version with this server alone: something on its way takes part in the handshake.',
    nextStep: (p) => `Look for TLS inspection or a TLS policy on the way of ${here(p)} to ${list(p.places)}.`,
  }),
  'tls.expires-soon': words<Told & { until: string; issuer: string }>({
    sentence: ({ places, until, issuer }) =>
      `The certificate on ${list(places)} runs out on ${until} (issuer ${issuer}).`,
    cause: (p) =>
      `Microsoft renews its certificates long before.${ifLocal(p, 'Siblings are given another one, so a device on the way of this server presents its own.')}`,
    nextStep: (p) =>
      `Show issuer and date to whoever runs the proxy or firewall between ${here(p)} and Microsoft.`,
  }),
};
