import { z } from 'zod';
import { evidenceList as list, evidenceText as text, Milliseconds } from './text.ts';

/**
 * Claims of an access token and, first, of the id token that came with it (Microsoft: access token claims reference).
 * `user` is the signed-in user by the best source there is, `userFrom` says which; an opaque access token leaves the
 * rest null. Times are seconds since 1970.
 */
export const TokenClaims = z
  .object({
    user: text.nullable(),
    userFrom: z.enum(['id-token', 'access-token']).nullable(),
    opaque: z.boolean(),
    aud: text.nullable(),
    scp: text.nullable(),
    roles: list(text),
    tid: text.nullable(),
    appid: text.nullable(),
    oid: text.nullable(),
    iss: text.nullable(),
    ver: text.nullable(),
    idtyp: text.nullable(),
    /** Who authenticated the user; null where that is the issuer, and in what an older agent sends. */
    idp: text.nullable().default(null),
    amr: list(text),
    appidacr: text.nullable(),
    iat: z.number().nullable(),
    nbf: z.number().nullable(),
    exp: z.number().nullable(),
  })
  .meta({ id: 'TokenClaims' });
export type TokenClaims = z.infer<typeof TokenClaims>;

/** The sections of evidence that only checks with credentials have. Facts, never secrets. */
export const SIGN_IN_SECTIONS = {
  /** A token request (RFC 6749) and what the sign-in host said; the names are those of its answer. */
  token: z
    .object({
      grant: text,
      status: z.int(),
      error: text.nullable(),
      /** The number of the first `AADSTS…`, such as `50076`. */
      aadsts: z.int().nullable(),
      suberror: text.nullable(),
      description: text.nullable(),
      correlationId: text.nullable(),
      traceId: text.nullable(),
      timestamp: text.nullable(),
      retryAfter: text.nullable(),
      /** Seconds, as the answer says. */
      expiresIn: z.number().nullable(),
      /** Whether a refresh token came. */
      refreshToken: z.boolean(),
      scope: text.nullable(),
    })
    .partial()
    .optional(),
  /** What the tokens say of themselves, decoded and not verified; the tokens are not kept. */
  claims: TokenClaims.optional(),
  /** One SASL XOAUTH2 exchange. `credential` stands for what was sent: its length, and the beginning of its SHA-256. */
  login: z
    .object({
      user: text,
      mechanism: text,
      credential: text,
      reply: text.nullable(),
      /** What an error continuation said, decoded. */
      challenge: text.nullable(),
    })
    .partial()
    .optional(),
  /** What the mailbox said when it was opened; counts only, nothing of its content. */
  mailbox: z
    .object({
      opened: z.boolean(),
      reply: text.nullable(),
      messages: z.int().nullable(),
      octets: z.int().nullable(),
    })
    .partial()
    .optional(),
  /** How far a sender got: `from` was taken or refused with `reply`. `mailFrom` is the reply to MAIL FROM. */
  submission: z
    .object({ from: text, mailFrom: text.nullable(), rcptTo: text.nullable(), data: text.nullable() })
    .partial()
    .optional(),
  /**
   * One message of our own, sent and found and deleted again; milliseconds from the beginning of each leg to its end.
   */
  roundTrip: z
    .object({
      messageId: text,
      via: z.enum(['imap', 'pop3']),
      sentMs: Milliseconds,
      foundMs: Milliseconds,
      deletedMs: Milliseconds,
      /** False when the message was left behind. */
      removed: z.boolean(),
    })
    .partial()
    .optional(),
  /** The authorize endpoint's answer to a redirect URI, without anybody signing in. */
  redirect: z
    .object({
      redirectUri: text,
      status: z.int(),
      error: text.nullable(),
      aadsts: z.int().nullable(),
      description: text.nullable(),
    })
    .partial()
    .optional(),
  /** The lines of the dialogue, `C:` ours and `S:` theirs, every credential replaced. */
  dialogue: z.object({ lines: list(text) }).optional(),
};
