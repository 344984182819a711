import { type Told, words } from '../told.ts';
import { here, ifLocal, list } from './phrases.ts';

export const protocol = {
  'proxy.denies': words<Told & { proxy: string; reply: string; signIn: boolean }>({
    sentence: ({ proxy, places, reply }) =>
      `The proxy ${proxy} does not let this server through to ${list(places)}: ${reply}`,
    cause: ({ signIn }) =>
      signIn
        ? 'The proxy wants credentials that it was not given, or that it does not take.'
        : 'The proxy refuses this destination, or cannot reach it itself.',
    nextStep: (p) => `Let the proxy team allow ${list(p.places)} for ${here(p)} without sign-in.`,
  }),
  'proxy.unreachable': words<Told & { proxy: string }>({
    sentence: ({ proxy }) => `The proxy ${proxy || 'that was set'} cannot be used from this server.`,
    cause: () =>
      'The proxy does not answer here, or not as a proxy does: wrong address, a firewall before it, or it is down.',
    nextStep: (p) => `Check the address of the proxy, and that ${here(p)} may reach it.`,
  }),
  'starttls.missing': words({
    sentence: ({ places }) => `${list(places)} answers SMTP, but STARTTLS cannot be used.`,
    cause: (p) =>
      `Exchange Online always offers STARTTLS on 587: a firewall with SMTP inspection has taken it out of the conversation, or answers by itself.${ifLocal(p, 'Other servers are offered it.')}`,
    nextStep: (p) => `Switch off SMTP (ESMTP) inspection for ${list(p.places)} from ${here(p)}.`,
  }),
  'greet.no-xoauth2': words({
    sentence: ({ places, protocols }) =>
      `${list(places)} speaks ${list(protocols)} but does not offer XOAUTH2.`,
    cause: () =>
      'Exchange Online always offers XOAUTH2 here: another mail server, or a device that rewrites the conversation, answers in its place.',
    nextStep: ({ places }) =>
      `Compare certificate and greeting of ${list(places)} with those on a server that works.`,
  }),
  'greet.silent': words<Told & { silent: boolean }>({
    sentence: ({ places, protocols, silent }) =>
      silent
        ? `${list(places)} opens, but no ${list(protocols)} answer comes.`
        : `${list(places)} opens, and is cut off before ${list(protocols)} begins.`,
    cause: () =>
      'A transparent proxy or an inspecting firewall accepts the connection and does not pass it on.',
    nextStep: (p) => `Let ${list(p.places)} pass without a proxy or protocol inspection for ${here(p)}.`,
  }),
  'greet.unexpected': words<Told & { line: string }>({
    sentence: ({ places, protocols, line }) =>
      `${list(places)} does not answer as ${list(protocols)} of Exchange Online does: ${line}`,
    cause: () => 'Another service, a proxy, or a server that turns this client away answers on this port.',
    nextStep: ({ places }) =>
      `Read the line that ${list(places)} sent and compare it with a server that works.`,
  }),
  'http.silent': words({
    sentence: ({ places }) => `TLS to ${list(places)} stands, but no HTTP answer comes.`,
    cause: () => 'A proxy or firewall holds the request back, or the service is overloaded.',
    nextStep: (p) =>
      `Compare with another server; if only ${here(p)} is affected, exempt ${list(p.places)} from the proxy.`,
  }),
  'http.unexpected': words<Told & { line: string; serverError: boolean }>({
    sentence: ({ places, line }) => `${list(places)} answers HTTP, but not as Microsoft does: ${line}`,
    cause: ({ serverError }) =>
      serverError
        ? 'The service, or a proxy in its name, answers with a server error.'
        : 'A page of a proxy (login, block or error page) most likely stands where Microsoft’s answer should be.',
    nextStep: (p) =>
      `Open ${list(p.places)} in a browser on ${here(p)}, and show what comes to the proxy team.`,
  }),
  'path.latency': words<Told & { medianMs: number; usualMs: number }>({
    sentence: ({ places, medianMs, usualMs }) =>
      `A round trip to ${list(places)} takes ${medianMs} ms here, ${usualMs} ms on siblings.`,
    cause: () =>
      'This server goes a longer or a fuller way than its siblings: another internet exit, a VPN, or a front end far away that its resolver chose.',
    nextStep: (p) =>
      `Let the network team compare the way out of ${here(p)} with that of ${list(p.witnesses)}.`,
  }),
  'path.other-region': words<Told & { frontEnds: string[]; usual: string[] }>({
    sentence: ({ frontEnds, usual }) =>
      `Front ends of another region answer: ${list(frontEnds)}, on siblings ${list(usual)}.`,
    cause: () =>
      'The resolver or the internet exit of this server lies elsewhere, so that Microsoft serves it from farther away.',
    nextStep: (p) =>
      `If it is not meant to be so, give ${here(p)} the resolver and the exit of its siblings.`,
  }),
  'path.other-egress': words<Told & { addresses: string[]; usual: string[] }>({
    sentence: ({ addresses, usual }) =>
      `Microsoft sees this server as ${list(addresses)}, its siblings as ${list(usual)}.`,
    cause: () =>
      'The server leaves by another public address than its siblings. That is a fault only where a policy by location (Conditional Access) knows the others alone.',
    nextStep: ({ addresses }) =>
      `Make sure that ${list(addresses)} is among the trusted locations of the tenant, or that no policy asks for one.`,
  }),
  'mailpath.internal': words({
    sentence: ({ places }) =>
      `Mailpath itself failed while it looked at ${list(places)}; this says nothing about the path.`,
    cause: () => 'A fault in Mailpath, not in the network.',
    nextStep: () =>
      'Report the evidence line to whoever maintains Mailpath here; judge the path by the other checks.',
  }),
  'mailpath.approval-awaited': words<Told & { hostName: string; keyFingerprint: string }>({
    sentence: ({ hostName, keyFingerprint }) =>
      `This server waits for approval: its agent says that it runs on ${hostName}, and has the key ${keyFingerprint}.`,
    cause: () =>
      'The agent was enrolled after the site was given its secrets, or in the place of an earlier one, or was given a further role. It is lent no client secret and no token before an administrator confirms it, so no mailbox is looked at from this server.',
    nextStep: ({ servers }) =>
      `Run mailpath-agent status on ${list(servers)}, compare the fingerprint, and confirm it with POST /v1/sites/{siteId}/servers/{serverId}/approval. If nobody enrolled this agent, revoke it, and find out who used the enrolment code.`,
  }),
  'mailpath.unexplained': words<Told & { line: string }>({
    sentence: ({ line, places }) => line || `${list(places)} needs a look.`,
    cause: () => 'No rule of Mailpath explains this yet.',
    nextStep: () => 'Read the evidence, and compare with a server that works.',
  }),
};
