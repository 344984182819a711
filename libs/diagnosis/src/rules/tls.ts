import type { CheckResult } from '@mailpath/protocol';
import { defineRule } from '../rule.ts';
import { place, places } from '../wording.ts';

/** Issuer and subject of what was presented, for a sentence. */
function presented({ evidence }: CheckResult): { issuer: string; subject: string; distrust: string } {
  const [own] = evidence.tls?.chain ?? [];
  return {
    issuer: own?.issuer ?? 'an unknown issuer',
    subject: own?.subject ?? 'an unknown subject',
    distrust: evidence.tls?.distrust ?? 'unknown',
  };
}

const untrusted = ({ failure }: CheckResult): boolean => failure?.code === 'untrusted';
const distrustIs = (result: CheckResult, ...codes: string[]): boolean =>
  untrusted(result) && codes.includes(presented(result).distrust);
const certificateLines = (results: readonly CheckResult[]): string[] =>
  results.map((result) => {
    const { subject, issuer, distrust } = presented(result);
    return `${place(result)}: subject ${subject}; issuer ${issuer}; ${distrust}`;
  });

export const certificateExpired = defineRule({
  id: 'tls.expired',
  checklistItem: 'X6',
  owner: 'proxy',
  applies: (result) => distrustIs(result, 'CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'),
  sentence: (result) =>
    `The certificate on ${place(result)} is out of its dates (issuer ${presented(result).issuer}).`,
  cause: () =>
    "Either this server's clock is wrong, or something that opens TLS on the way presents a certificate of its own that has run out; Microsoft's do not.",
  nextStep: () =>
    'Compare the clock of this server with a time source; if it is right, show issuer and dates to the proxy team.',
  evidence: certificateLines,
});

export const certificateForOtherName = defineRule({
  id: 'tls.other-name',
  checklistItem: 'X6',
  owner: 'network',
  applies: (result) => distrustIs(result, 'ERR_TLS_CERT_ALTNAME_INVALID'),
  sentence: (result) =>
    `The certificate on ${place(result)} is for another name (${presented(result).subject}).`,
  cause: () =>
    'The name leads to a machine that is not the one asked for: a wrong DNS answer, hosts-file entry, NAT or proxy.',
  nextStep: (results) =>
    `Compare the addresses of ${places(results)} here with those on a server that works.`,
  evidence: certificateLines,
});

export const certificateUntrusted = defineRule({
  id: 'tls.untrusted',
  checklistItem: 'X6',
  owner: 'proxy',
  applies: untrusted,
  groupBy: (result) => presented(result).issuer,
  sentence: (result) =>
    `TLS on ${place(result)} is answered by a certificate that is not trusted here: issuer ${presented(result).issuer}.`,
  cause: (results) =>
    `The certificate comes from ${presented(results[0]).issuer}, which no trusted root vouches for: most likely a proxy or firewall opens TLS on this path; or the server sends an incomplete chain.`,
  nextStep: (results) => `Exempt ${places(results)} from TLS inspection for this server.`,
  evidence: certificateLines,
});

export const tlsCut = defineRule({
  id: 'tls.cut',
  checklistItem: 'X6',
  owner: 'network',
  applies: ({ failure }) => failure?.phase === 'tls' && ['reset', 'closed', 'timeout'].includes(failure.code),
  sentence: (result) =>
    result.failure?.code === 'timeout'
      ? `TCP to ${place(result)} opens, then the TLS handshake gets no answer.`
      : `TCP to ${place(result)} opens, then the TLS handshake is cut off.`,
  cause: (results) =>
    results[0].failure?.code === 'timeout'
      ? 'A device on the way swallows the handshake: a firewall that filters TLS by name, or large packets that get lost (path MTU).'
      : 'A device on the way cuts the handshake: a firewall or proxy that filters TLS by name or version.',
  nextStep: (results) =>
    `Let the firewall team look at its log for ${places(results)} from this server; test with a smaller MTU when the handshake stalls.`,
});

export const tlsFailed = defineRule({
  id: 'tls.failed',
  checklistItem: 'X6',
  owner: 'network',
  applies: ({ failure }) => failure?.phase === 'tls' && failure.code !== 'internal',
  sentence: (result) => {
    const offered = result.evidence.tlsOffered?.versions ?? [];
    const only = offered.length > 0 ? `: it offers ${offered.join(', ')}` : '';
    return `TCP to ${place(result)} opens, but what answers does not speak TLS 1.2 or later${only}.`;
  },
  cause: () => 'Another service, or a proxy that downgrades TLS, answers on this port.',
  nextStep: (results) =>
    `Find out what answers on ${places(results)} from this server; Microsoft 365 offers TLS 1.2 and 1.3.`,
});
