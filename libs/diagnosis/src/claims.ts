import type { CheckResult, Phase } from '@mailpath/protocol';
import { clockAhead } from './clock.ts';
import { AGAINST_COMPARED, type ComparedClaim } from './compared-claims.ts';
import { deadOf } from './evidence/connects.ts';
import { kept } from './kept.ts';
import { endpointOf } from './look.ts';
import { classOf, isPast, isWeb, type TargetClass } from './observe.ts';
import { protocolName } from './protocol-name.ts';

/**
 * What a sentence states, from a closed list. Each can be held against what was seen on the servers that it speaks of:
 * - `unreached`: no connection comes up to this endpoint, `host:port`.
 * - `port-closed`: none to this port, whatever the host of that class. `host-closed`: none to any port of this host.
 * - `mail-closed`: none where mail is spoken, and some on the web. `network-down`: none to Microsoft at all.
 * - `family-dead`: no address of this family is reached. `address-dead`: this address is not.
 * - `leads-to`: this host is resolved to one of these addresses; behind each may stand its range.
 * - `no-address`: nobody gives an address for this host. `name-unknown`: nobody knows the name.
 * - `handshake-fails`: no TLS stands at this endpoint. `tls-below`: none of that version or later does.
 * - `untrusted`: what is shown there is not trusted here. `root-unknown`: no list that could be read knows its root.
 * - `not-greeted`: no greeting of the protocol comes. `not-offered`: the word is missing in what is offered there.
 * - `clock-off`: the clock is not right, by what the other ends agree on.
 * - `denies`: this step of this protocol is refused to this mailbox.
 * What compares, and what tells of resolvers, has claims of its own: `compared-claims.ts`.
 */
export type Claim =
  | {
      claim: 'unreached' | 'handshake-fails' | 'untrusted' | 'root-unknown' | 'not-greeted';
      endpoint: string;
    }
  | { claim: 'port-closed'; port: number; of: TargetClass }
  | { claim: 'host-closed' | 'no-address' | 'name-unknown'; host: string }
  | { claim: 'mail-closed' | 'network-down' | 'clock-off' }
  | { claim: 'family-dead'; family: 4 | 6; hosts: readonly string[] }
  | { claim: 'address-dead'; address: string; hosts: readonly string[] }
  | { claim: 'leads-to'; host: string; addresses: readonly string[] }
  | { claim: 'tls-below'; version: '1.2' | '1.3'; endpoint: string }
  | { claim: 'not-offered'; word: string; endpoint: string }
  | { claim: 'denies'; step: Phase; mailbox: string; protocol: string }
  | ComparedClaim;

/**
 * What was seen on one server. `rests`: the results that a finding rests on, and what was seen later than all of them;
 * what was seen before may have been so. `all`: everything, for claims about several places at once, which looked at
 * all of them.
 */
export interface Observed {
  rests: readonly CheckResult[];
  all: readonly CheckResult[];
}

export const observedBeside = (results: readonly CheckResult[], all: readonly CheckResult[]): Observed => {
  const last = Math.max(...results.map(({ startedAt }) => Date.parse(startedAt)));
  const own = new Set(results);
  return { all, rests: all.filter((each) => own.has(each) || Date.parse(each.startedAt) > last) };
};

const byMailbox = kept((results: readonly CheckResult[]) =>
  Map.groupBy(results, ({ target }) => target.mailbox),
);

const UNKNOWN_ROOT = [
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
];

const at = (endpoint: string, { rests }: Observed): CheckResult[] =>
  rests.filter((result) => result.outcome !== 'skipped' && endpointOf(result) === endpoint);
const connects = (result: CheckResult): boolean => isPast(result, 'connect');
const ofMicrosoft = (result: CheckResult): boolean => classOf(result) === 'microsoft';

const addressesOf = ({ evidence: { dns } }: CheckResult): string[] =>
  dns === undefined
    ? []
    : [...dns.addresses, ...(dns.resolvers ?? []).flatMap(({ a, aaaa }) => [...a.records, ...aaaa.records])];

const lines = ({ evidence: { smtp, imap, pop3 } }: CheckResult): string[] => [
  ...(smtp?.ehlo ?? []),
  ...(smtp?.ehloAfterTls ?? []),
  ...(imap?.capability ?? []),
  ...(pop3?.capa ?? []),
];

/** What speaks against each claim. */
const AGAINST: {
  readonly [C in Claim['claim']]: (claim: Extract<Claim, { claim: C }>, seen: Observed) => boolean;
} = {
  unreached: ({ endpoint }, seen) => at(endpoint, seen).some(connects),
  'port-closed': ({ port, of }, { all }) =>
    all.some((result) => classOf(result) === of && result.target.port === port && connects(result)),
  'host-closed': ({ host }, { all }) => all.some((result) => result.target.host === host && connects(result)),
  'mail-closed': (_, { all }) =>
    all.filter(ofMicrosoft).some((result) => !isWeb(result) && connects(result)) ||
    !all.filter(ofMicrosoft).some((result) => isWeb(result) && connects(result)),
  'network-down': (_, { all }) => all.filter(ofMicrosoft).some(connects),
  'family-dead': ({ family, hosts }, { rests }) =>
    rests.some(
      ({ target, evidence }) =>
        hosts.includes(target.host) &&
        evidence.connect?.attempts.some((each) => each.family === family && each.outcome === 'reached'),
    ),
  'address-dead': ({ address, hosts }, { rests }) =>
    !rests.some(
      (result) =>
        hosts.includes(result.target.host) && deadOf(result).some((each) => each.address === address),
    ),
  'leads-to': ({ host, addresses }, { rests }) =>
    !rests.some(
      ({ target, evidence }) =>
        target.host === host &&
        evidence.dns?.addresses.some((each) => addresses.some((told) => told.split(' ', 1)[0] === each)),
    ),
  'no-address': ({ host }, { rests }) =>
    rests.some((result) => result.target.host === host && addressesOf(result).length > 0),
  'name-unknown': ({ host }, { rests }) =>
    rests.some((result) => result.target.host === host && addressesOf(result).length > 0),
  'handshake-fails': ({ endpoint }, seen) => at(endpoint, seen).some((result) => isPast(result, 'tls')),
  'tls-below': ({ version, endpoint }, seen) =>
    at(endpoint, seen).some(({ evidence: { tls, tlsOffered } }) =>
      [tls?.version ?? '', ...(tlsOffered?.versions ?? [])].some(
        (each) => each.replace('TLSv', '') >= version && /^TLSv1\.\d$/.test(each),
      ),
    ),
  untrusted: ({ endpoint }, seen) =>
    at(endpoint, seen).some(({ evidence }) => evidence.tls?.trusted === true),
  'root-unknown': ({ endpoint }, seen) =>
    at(endpoint, seen).some(
      ({ evidence: { tls } }) =>
        tls !== undefined && (tls.trusted || (tls.distrust !== null && !UNKNOWN_ROOT.includes(tls.distrust))),
    ),
  'not-greeted': ({ endpoint }, seen) => at(endpoint, seen).some((result) => isPast(result, 'greet')),
  'not-offered': ({ word, endpoint }, seen) =>
    at(endpoint, seen).some((result) => lines(result).some((line) => line.toUpperCase().includes(word))),
  'clock-off': (_, { all }) => Math.abs(clockAhead(all) ?? 60_001) <= 60_000,
  ...AGAINST_COMPARED,
  denies: ({ step, mailbox, protocol }, { rests }) =>
    (byMailbox(rests).get(mailbox) ?? []).some(
      (result) =>
        protocolName(result) === protocol &&
        result.failure === null &&
        result.phases.some(({ name }) => name === step),
    ),
};

/**
 * What is put together from what several servers saw, each its own part of it: that one of them saw it bears the claim.
 * Any other claim is of each server.
 */
const OF_ONE_AT_LEAST: readonly Claim['claim'][] = [
  'address-dead',
  'leads-to',
  'shown',
  'takes',
  'round-trip',
  'resolver-gives',
];

/** Whether what was seen on the servers that a sentence speaks of says otherwise. Pure. */
export const isContradicted = (claim: Claim, servers: readonly Observed[]): boolean =>
  OF_ONE_AT_LEAST.includes(claim.claim)
    ? servers.every((seen) => contradicts(claim, seen))
    : servers.some((seen) => contradicts(claim, seen));

const contradicts = <C extends Claim['claim']>(
  claim: Extract<Claim, { claim: C }>,
  seen: Observed,
): boolean => AGAINST[claim.claim as C](claim, seen);

/** A claim in short, for a log or a spec: `unreached(outlook.office365.com:993)`. */
export const claimText = ({ claim, ...of }: Claim): string =>
  `${claim}(${Object.values(of).flat().join(', ')})`;
