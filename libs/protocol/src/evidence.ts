import { z } from 'zod';
import { SIGN_IN_SECTIONS } from './sign-in-evidence.ts';
import { evidenceList as list, evidenceText as text, Instant, Milliseconds } from './text.ts';
import { FailureCode } from './words.ts';

/** One address of a name, tried by itself. `ms` is the time until it was reached or given up. */
export const DialAttempt = z.object({
  address: z.union([z.ipv4(), z.ipv6()]),
  family: z.literal([4, 6]),
  outcome: z.union([z.literal('reached'), FailureCode]),
  /** The system's own word where it has one, such as `EHOSTUNREACH`: it tells which ICMP message came, if one did. */
  detail: text.optional(),
  ms: Milliseconds,
});
export type DialAttempt = z.infer<typeof DialAttempt>;

/** How one resolver answered one question: an answer may be empty (the name exists, with no record of that kind). */
export const ResolverAnswer = z.object({
  status: z.enum(['answer', 'empty', 'nxdomain', 'servfail', 'refused', 'timeout', 'other']),
  records: list(text),
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

/** A host on which a chain's revocation is published (OCSP or CRL, RFC 5280), tried on its port. */
export const RevocationHost = z.object({
  host: text,
  port: z.int(),
  outcome: z.union([z.literal('reached'), FailureCode]),
  ms: Milliseconds,
});
export type RevocationHost = z.infer<typeof RevocationHost>;

/** One X.509 certificate as it was presented. Names are in OpenSSL's one-line form, `CN=…, O=…`. */
export const Certificate = z.object({
  subject: text,
  issuer: text,
  subjectAltNames: z.array(text).max(256),
  validFrom: Instant,
  validTo: Instant,
  /** SHA-256 of the DER form, upper-case hexadecimal pairs with colons. */
  fingerprint256: text,
  serialNumber: text,
});
export type Certificate = z.infer<typeof Certificate>;

export const TlsEvidence = z.object({
  /** As negotiated, such as `TLSv1.3`. */
  version: text,
  cipher: text,
  /** The name sent in the handshake (SNI), or null for an address. */
  serverName: text.nullable(),
  trusted: z.boolean(),
  /** Node's or OpenSSL's code for the distrust, such as `SELF_SIGNED_CERT_IN_CHAIN`; null when trusted. */
  distrust: text.nullable(),
  /** As presented: the server's own certificate first, its issuers after it. */
  chain: list(Certificate).min(1),
  /** The protocol agreed on by ALPN (RFC 7301), null for none. */
  alpn: text.nullable().optional(),
  /** Whose root vouches: one that everybody has, or only one in this machine's own store; null when nobody's does. */
  anchor: z.enum(['public', 'machine']).nullable().optional(),
  /** Where the chain's revocation is published, and whether that can be reached from here. */
  revocation: list(RevocationHost).optional(),
});
export type TlsEvidence = z.infer<typeof TlsEvidence>;

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
    /** The look-up of the target's name, made once per round. `addresses` in the order the system gave them. */
    dns: z
      .object({
        addresses: list(text),
        error: text.nullable(),
        ms: Milliseconds,
        /** True when nothing was looked up: the machine's administrator told the agent which addresses to use. */
        pinned: z.literal(true).optional(),
        /** Each configured resolver asked by itself, by the DNS protocol; the hosts file has no part in it. */
        resolvers: list(ResolverEvidence).optional(),
        /** Addresses that cannot be Microsoft's, with their range: `10.0.0.5 private`. */
        unusual: list(text).optional(),
      })
      .optional(),
    connect: z
      .object({
        attempts: list(DialAttempt),
        used: text.nullable(),
        /** The address this machine went out from. */
        localAddress: text.nullable().optional(),
        /** Time of several connects to the address that was used: their median, and largest less smallest. */
        roundTrip: z.object({ count: z.int(), medianMs: Milliseconds, spreadMs: Milliseconds }).optional(),
      })
      .optional(),
    /** The proxy that the connection went through, without its credentials, and its answer. */
    proxy: z.object({ url: text, status: z.int().nullable(), reply: text.nullable() }).optional(),
    /** How far this machine's clock is ahead of the other end's (negative: behind), by what the other end said anyway. */
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
        status: z.int(),
        date: text.nullable(),
        contentType: text.nullable(),
        location: text.nullable(),
        retryAfter: text.nullable(),
        /** `issuer` of the OpenID configuration, where one was asked for. */
        issuer: text.nullable(),
      })
      .partial()
      .optional(),
    ...SIGN_IN_SECTIONS,
    /** Any line that was not what the protocol asks for, as it came. */
    unexpected: z.object({ line: text }).optional(),
  })
  .catchall(UnknownSection)
  .refine((sections) => Object.keys(sections).every((name) => KEY.test(name)), 'a section has a plain name')
  .meta({ id: 'Evidence' });
export type Evidence = z.infer<typeof Evidence>;
