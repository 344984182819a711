import { z } from 'zod';
import { evidenceList as list, evidenceText as text, Instant, Milliseconds } from './text.ts';
import { FailureCode } from './words.ts';

/** A host on which a chain's revocation is published (OCSP or CRL, RFC 5280), tried on its port. */
export const RevocationHost = z.object({
  host: text,
  port: z.int(),
  outcome: z.union([z.literal('reached'), FailureCode]),
  ms: Milliseconds,
});
export type RevocationHost = z.infer<typeof RevocationHost>;

/**
 * What TLS libraries of today refuse in a certificate (OpenSSL at security level 2, Java's
 * `jdk.certpath.disabledAlgorithms`).
 */
export const CertificateWeakness = z.enum([
  'md5-signature',
  'sha1-signature',
  'rsa-below-2048',
  'ec-below-224',
]);
export type CertificateWeakness = z.infer<typeof CertificateWeakness>;

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
  /** OpenSSL's name, such as `sha256WithRSAEncryption`, `ecdsa-with-SHA384`. */
  signatureAlgorithm: text.optional(),
  /** Such as `rsa`, `ec`, `ed25519`. */
  keyType: text.optional(),
  /** RSA: the modulus; EC: the curve's size. */
  keyBits: z.int().optional(),
  /** Facts, whoever vouches for it. A self-signed root's own signature is looked at by nobody, and so not named. */
  weak: list(CertificateWeakness).optional(),
});
export type Certificate = z.infer<typeof Certificate>;

/**
 * What one list of trusted roots says of a chain.
 * - `mozilla`: as bundled in Node. `machine`: the system's store, and what the environment adds (NODE_EXTRA_CA_CERTS).
 * - `agent`: roots that the agent was given. `java`: a truststore of Java, such as ECE's `cacerts`.
 */
export const TrustListVerdict = z.object({
  list: z.enum(['mozilla', 'machine', 'agent', 'java']),
  /** What a person calls it: `Mozilla, as bundled in Node 24.18.0`, or the path of a Java store. */
  name: text,
  /** How many roots it holds; null when it could not be read. */
  size: z.int().nullable(),
  /** Why it could not be read; null when it could. */
  error: text.nullable(),
  /** The root in this list to which the signatures lead; null when none does. Dates and names are not looked at. */
  root: z
    .object({
      subject: text,
      fingerprint256: text,
      /**
       * `certificate`: this very certificate was presented, or signed what was. `key`: the list holds another
       * certificate with the same name and key (a cross-signed or renewed root). `subject`: only the name is the same,
       * the key is not.
       */
      match: z.enum(['certificate', 'key', 'subject']),
    })
    .nullable(),
});
export type TrustListVerdict = z.infer<typeof TrustListVerdict>;

/** The last certificate of what was presented was issued by one that was not sent. */
export const MissingIssuer = z.object({
  /** The issuer's name. */
  subject: text,
  /** Where the certificate says that its issuer can be had (AIA caIssuers, RFC 5280 section 4.2.2.1). */
  caIssuers: list(text),
  /** `root`: a list knows that name and key, so leaving it out is right. `intermediate`: no list knows it. */
  kind: z.enum(['root', 'intermediate-or-unknown-root']),
});
export type MissingIssuer = z.infer<typeof MissingIssuer>;

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
  /** Each list of roots by itself. */
  trustLists: list(TrustListVerdict).optional(),
  /** Null when the chain ends with a self-signed certificate. */
  missingIssuer: MissingIssuer.nullable().optional(),
  /** Where the chain's revocation is published, and whether that can be reached from here. */
  revocation: list(RevocationHost).optional(),
});
export type TlsEvidence = z.infer<typeof TlsEvidence>;
