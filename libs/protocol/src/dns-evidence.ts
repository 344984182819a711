import { z } from 'zod';
import { evidenceList as list, evidenceText as text, Milliseconds } from './text.ts';
import { FailureCode } from './words.ts';

/**
 * What came of one DNS question to one resolver, by what was on the wire. A closed list:
 * - `answered`: NOERROR with records of the type that was asked for.
 * - `no-data`: NOERROR without any (RFC 2308, section 2.2). `alias-without-address`: the same behind a CNAME.
 * - `nxdomain`, `servfail`, `refused`, `formerr`, `notimp`: RFC 1035, section 4.1.1. `other-rcode`: any other; see
 *   `rcode`.
 * - `no-answer`: nothing came back in time, over UDP with and without EDNS. `tcp` says how TCP 53 did, where it was
 *   tried.
 * - `port-closed`: the resolver's address answered that nobody listens on UDP 53 (ICMP port unreachable).
 * - `unreachable`: no route to the resolver's address, or a router says that it cannot be reached.
 * - `prohibited`: this machine's own firewall or routes forbid the question (EPERM, EACCES).
 * - `truncated`: the answer is too long for UDP (TC, RFC 7766), and TCP 53 did not give it; `tcp` says why.
 * - `malformed`: what came is no answer to the question.
 */
export const DNS_STATES = [
  'answered',
  'no-data',
  'alias-without-address',
  'nxdomain',
  'servfail',
  'refused',
  'formerr',
  'notimp',
  'other-rcode',
  'no-answer',
  'port-closed',
  'unreachable',
  'prohibited',
  'truncated',
  'malformed',
] as const;
export const DnsState = z.enum(DNS_STATES);
export type DnsState = z.infer<typeof DnsState>;

/** How one resolver answered one question: an answer may be empty (the name exists, with no record of that kind). */
export const ResolverAnswer = z.object({
  /** The coarse word, which older agents send alone; `state` tells all of it. */
  status: z.enum(['answer', 'empty', 'nxdomain', 'servfail', 'refused', 'timeout', 'other']),
  records: list(text),
  state: DnsState.optional(),
  /** Of this question alone. */
  ms: Milliseconds.optional(),
  /** As it came; null when no answer did. */
  rcode: z.int().nullable().optional(),
  /** Over what the answer came; null when none did. */
  transport: z.enum(['udp', 'tcp']).nullable().optional(),
  /** How TCP 53 did, where the question had to go there; absent where UDP was enough. */
  tcp: z.union([z.literal('answered'), FailureCode]).optional(),
  /**
   * EDNS (RFC 6891): `supported`, `ignored` (answered without it), `rejected` (FORMERR, NOTIMP or BADVERS until asked
   * without it), `dropped` (silent until asked without it).
   */
  edns: z.enum(['supported', 'ignored', 'rejected', 'dropped']).optional(),
  /** False when the resolver says that it looks nothing up for others (RA not set). */
  recursion: z.boolean().optional(),
  /** Extended DNS errors (RFC 8914), such as `15 Blocked`, `17 Filtered`, `22 No Reachable Authority`. */
  extendedErrors: list(text).optional(),
  /**
   * Of the records those that cannot be a public host's, with their range: `0.0.0.0 unspecified`, `127.0.0.1 loopback`.
   */
  unusual: list(text).optional(),
});
export type ResolverAnswer = z.infer<typeof ResolverAnswer>;

/** One configured resolver, by itself. `server` is its address; `cname` is the chain of names that it followed. */
export const ResolverEvidence = z.object({
  server: text,
  a: ResolverAnswer,
  aaaa: ResolverAnswer,
  cname: list(text),
  ms: Milliseconds,
});
export type ResolverEvidence = z.infer<typeof ResolverEvidence>;

/** What this machine's own settings say of names. */
export const NameSettings = z.object({
  /** Addresses of the configured resolvers, in their order; empty when none is configured. */
  resolvers: list(text),
  /** Domains that the system adds to a name which is not found as it is. */
  search: list(text),
  /** Addresses that the hosts file has for this name. */
  hosts: list(text),
  /** Windows: rules of its Name Resolution Policy Table that are for this name, `.corp.example → 10.0.0.1`. */
  rules: list(text).optional(),
  /** Windows: the proxy of WinHTTP, which neither this agent nor ECE's Java uses; null for none. */
  winHttpProxy: text.nullable().optional(),
  /** Why the settings could not be read, such as `ENOENT /etc/resolv.conf`; null when they could. */
  error: text.nullable(),
});
export type NameSettings = z.infer<typeof NameSettings>;

/** The look-up of a target's name, made once per round. `addresses` in the order the system gave them. */
export const DnsEvidence = z.object({
  addresses: list(text),
  error: text.nullable(),
  ms: Milliseconds,
  /** True when nothing was looked up: the machine's administrator told the agent which addresses to use. */
  pinned: z.literal(true).optional(),
  /**
   * The resolver whose addresses the check went on with, since the system's look-up gave none in time (`error` is then
   * `timeout`, and `addresses` are the resolver's).
   */
  borrowedFrom: text.optional(),
  /** Each configured resolver asked by itself, by the DNS protocol; the hosts file has no part in it. */
  resolvers: list(ResolverEvidence).optional(),
  /** Addresses that cannot be Microsoft's, with their range: `10.0.0.5 private`. */
  unusual: list(text).optional(),
  settings: NameSettings.optional(),
  /**
   * For a name that a resolver does not know: what it answers for the name with each search domain behind it. Where the
   * system gave these addresses, they are another host's.
   */
  searched: list(z.object({ name: text, records: list(text) })).optional(),
});
export type DnsEvidence = z.infer<typeof DnsEvidence>;
