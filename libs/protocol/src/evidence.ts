import { z } from 'zod';
import { Instant, keptText, Milliseconds } from './text.ts';
import { FailureCode } from './words.ts';

/** The longest text that evidence may hold, in UTF-16 units. What a server said is cut to this before it is kept. */
export const EVIDENCE_TEXT_MAX = 1024;
/** The most lines or entries that one list of evidence may hold. */
export const EVIDENCE_LIST_MAX = 64;

const text = keptText(EVIDENCE_TEXT_MAX);
const list = <T extends z.ZodType>(of: T) => z.array(of).max(EVIDENCE_LIST_MAX);

/** One address of a name, tried by itself. `ms` is the time until it was reached or given up. */
export const DialAttempt = z.object({
  address: z.union([z.ipv4(), z.ipv6()]),
  family: z.literal([4, 6]),
  outcome: z.union([z.literal('reached'), FailureCode]),
  ms: Milliseconds,
});
export type DialAttempt = z.infer<typeof DialAttempt>;

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
});
export type TlsEvidence = z.infer<typeof TlsEvidence>;

const scalar = z.union([text, z.number(), z.boolean(), z.null()]);
const KEY = /^[A-Za-z][A-Za-z0-9_-]{0,59}$/;
const key = z.string().regex(KEY);
/** A section that this version has no name for: a newer agent may send one, and it is kept. */
const UnknownSection = z.record(
  key,
  z.union([scalar, list(scalar), list(z.record(key, z.union([scalar, list(scalar)])))]),
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
      })
      .optional(),
    connect: z.object({ attempts: list(DialAttempt), used: text.nullable() }).optional(),
    tls: TlsEvidence.optional(),
    /** `ehlo` and `ehloAfterTls`: the reply's lines without `250-`. */
    smtp: z
      .object({
        greeting: text.nullable(),
        ehlo: list(text),
        startTls: text.nullable(),
        ehloAfterTls: list(text),
      })
      .partial()
      .optional(),
    imap: z
      .object({ greeting: text.nullable(), capability: list(text) })
      .partial()
      .optional(),
    pop3: z
      .object({ greeting: text.nullable(), capa: list(text) })
      .partial()
      .optional(),
    http: z
      .object({
        status: z.int(),
        date: text.nullable(),
        contentType: text.nullable(),
        location: text.nullable(),
        /** `issuer` of the OpenID configuration, where one was asked for. */
        issuer: text.nullable(),
      })
      .partial()
      .optional(),
    /** Any line that was not what the protocol asks for, as it came. */
    unexpected: z.object({ line: text }).optional(),
  })
  .catchall(UnknownSection)
  .refine((sections) => Object.keys(sections).every((name) => KEY.test(name)), 'a section has a plain name')
  .meta({ id: 'Evidence' });
export type Evidence = z.infer<typeof Evidence>;
