import { z } from 'zod';
import { DnsEvidence } from './dns-evidence.ts';
import { SkipEvidence } from './skip.ts';
import { SIGN_IN_SECTIONS } from './sign-in-evidence.ts';
import { evidenceList as list, evidenceText as text, Milliseconds } from './text.ts';
import { TlsEvidence } from './tls-evidence.ts';
import { FailureCode, Phase } from './words.ts';

/** One address of a name, tried by itself. `ms` is the time until it was reached or given up. */
export const DialAttempt = z.object({
  address: z.union([z.ipv4(), z.ipv6()]),
  family: z.literal([4, 6]),
  outcome: z.union([z.literal('reached'), FailureCode]),
  /** The system's own word where it has one, such as `EHOSTUNREACH`: it tells which ICMP message came, if one did. */
  detail: text.optional(),
  /**
   * Of `unreachable`, who says so: `no-route` (this machine has no path for it), `prohibited-here` (this machine's own
   * firewall or route forbids it), `prohibited` (the same, or a router on the path: ICMPv6 "administratively
   * prohibited"), `router` (a router, or nobody on the local link, says that the host cannot be reached; over IPv4 that
   * is also what a firewall's "administratively prohibited" comes as).
   */
  unreachable: z.enum(['no-route', 'prohibited-here', 'prohibited', 'router']).optional(),
  ms: Milliseconds,
});
export type DialAttempt = z.infer<typeof DialAttempt>;

/**
 * An address that accepted the connection and was then spoken with. `outcome` is `served`, or how it failed above TCP,
 * in which phase, after how long.
 */
export const AddressConversation = z.object({
  address: z.union([z.ipv4(), z.ipv6()]),
  phase: Phase,
  outcome: z.union([z.literal('served'), FailureCode]),
  ms: Milliseconds,
});
export type AddressConversation = z.infer<typeof AddressConversation>;

const scalar = z.union([text, z.number(), z.boolean(), z.null()]);
const KEY = /^[A-Za-z][A-Za-z0-9_-]{0,59}$/;
const key = z.string().regex(KEY);
/** A section that this version has no name for: a newer agent may send one, and it is kept. */
const flat = z.union([scalar, list(scalar)]);
const UnknownSection = z.record(
  key,
  z.union([flat, z.record(key, flat), list(z.record(key, z.union([flat, z.record(key, flat)])))]),
);

/**
 * What a check saw, by section. Facts only: no mailbox content, no credentials, no opinion.
 * Times in `connect.attempts` are milliseconds.
 */
export const Evidence = z
  .object({
    dns: DnsEvidence.optional(),
    connect: z
      .object({
        attempts: list(DialAttempt),
        used: text.nullable(),
        /** Where more than one address was spoken with, since one failed above TCP: all of them, in order. */
        spokenWith: list(AddressConversation).optional(),
        /** How many addresses of the name were not tried before the time was over. */
        untried: z.int().optional(),
        /** The address this machine went out from. */
        localAddress: text.nullable().optional(),
        /** Time of several connects to the address that was used: their median, and largest less smallest. */
        roundTrip: z.object({ count: z.int(), medianMs: Milliseconds, spreadMs: Milliseconds }).optional(),
      })
      .optional(),
    /** The proxy that the connection went through, without its credentials, and its answer. */
    proxy: z.object({ url: text, status: z.int().nullable(), reply: text.nullable() }).optional(),
    /**
     * How far this machine's clock is ahead of the other end's (negative: behind), by what the other end said anyway.
     */
    clock: z
      .object({ source: z.enum(['http-date', 'smtp-banner', 'token']), aheadMs: z.number() })
      .optional(),
    tls: TlsEvidence.optional(),
    /** After a handshake that failed: the versions that the other end would have taken. */
    tlsOffered: z.object({ versions: list(text) }).optional(),
    /** `ehlo` and `ehloAfterTls`: the reply's lines without `250-`. */
    smtp: z
      .object({
        greeting: text.nullable(),
        ehlo: list(text),
        startTls: text.nullable(),
        ehloAfterTls: list(text),
        /** This machine's public address, as the other end sees it (`Hello [203.0.113.7]`). */
        helloAddress: text.nullable(),
        /** Name of the front end that answered. */
        frontEnd: text.nullable(),
      })
      .partial()
      .optional(),
    imap: z
      .object({ greeting: text.nullable(), capability: list(text), frontEnd: text.nullable() })
      .partial()
      .optional(),
    pop3: z
      .object({ greeting: text.nullable(), capa: list(text), frontEnd: text.nullable() })
      .partial()
      .optional(),
    http: z
      .object({
        /** Method and path of what was asked; the query is left out. */
        request: text,
        /** Names of the fields of the query or form; their values are nobody's evidence. */
        parameters: list(text),
        status: z.int(),
        date: text.nullable(),
        contentType: text.nullable(),
        location: text.nullable(),
        retryAfter: text.nullable(),
        /** What answered, and what it came by, in its own words (RFC 9110, sections 10.2.4 and 7.6.3). */
        server: text.nullable(),
        via: text.nullable(),
        /** `issuer` of the OpenID configuration, where one was asked for. */
        issuer: text.nullable(),
      })
      .partial()
      .optional(),
    /**
     * Of a check that was not run, what the server's own rules forbid: a `place` (host and port) that they do not name,
     * or the `address` that the host has here, in a range of addresses that they do not open.
     */
    policy: z
      .object({
        barred: z.enum(['place', 'address']),
        host: text,
        port: z.int(),
        address: text.optional(),
        range: text.optional(),
      })
      .optional(),
    ...SIGN_IN_SECTIONS,
    /** Of a check that was not tried: why. */
    skip: SkipEvidence.optional(),
    /** Any line that was not what the protocol asks for, as it came. */
    unexpected: z.object({ line: text }).optional(),
  })
  .catchall(UnknownSection)
  .refine((sections) => Object.keys(sections).every((name) => KEY.test(name)), 'a section has a plain name')
  .meta({ id: 'Evidence' });
export type Evidence = z.infer<typeof Evidence>;
