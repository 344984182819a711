/**
 * What an agent is lent so that it can sign in for one order, and what it hands back. All of it is secret: it stays in
 * memory, and reaches no log, no result and no file of the agent.
 */
import { z } from 'zod';
import { MailAddress } from './target.ts';
import { Instant } from './text.ts';

/** Refresh and access tokens of Entra ID have some thousand characters; ones with many group claims more. */
const secret = z.string().min(1).max(16_384);

/** How the order comes by its access token. */
export const Grant = z.discriminatedUnion('kind', [
  /** RFC 6749, section 4.1.3, with PKCE (RFC 7636): the first token, made by an application server (S47). */
  z.object({
    kind: z.literal('authorization-code'),
    code: secret,
    codeVerifier: secret,
    redirectUri: z.url().max(256),
  }),
  /** RFC 8628: the first token without a browser on the way. */
  z.object({ kind: z.literal('device-code') }),
  /** RFC 6749, section 6: as the services server does it (S48). */
  z.object({ kind: z.literal('refresh-token'), refreshToken: secret }),
  /** RFC 6749, section 4.4: the application's own token, for nobody in particular. */
  z.object({ kind: z.literal('client-credentials') }),
  /** A token that another server obtained: an application server sends alarms with it (S50). */
  z.object({ kind: z.literal('access-token'), accessToken: secret, expiresAt: Instant }),
]);
export type Grant = z.infer<typeof Grant>;

export const Lease = z.object({
  id: z.uuid(),
  /** Nothing of the lease is used after this moment. */
  expiresAt: Instant,
  /** The user whose sign-in the token comes from; for `client-credentials` the mailbox. */
  userName: MailAddress,
  /** Tenant id or domain, the segment of the authority's path. */
  tenant: z
    .string()
    .max(255)
    .regex(/^[A-Za-z0-9.-]+$/),
  clientId: z.guid(),
  /** Null for a client that proves itself by an assertion, and for a public one, which only the device code may be. */
  clientSecret: secret.nullable(),
  /**
   * RFC 7523, section 2.2: signed with the certificate of the application, for one use within minutes. The key never
   * comes along.
   */
  clientAssertion: secret.nullable().default(null),
  /** Without `offline_access`, `openid` and `profile`, which the library adds. */
  scopes: z.array(z.string().max(256)).min(1).max(8),
  grant: Grant,
});
export type Lease = z.infer<typeof Lease>;

/** Whether the client has nothing by which it could say who it is (RFC 6749, section 2.1). */
export const isPublicClient = ({
  clientSecret,
  clientAssertion,
}: Pick<Lease, 'clientSecret' | 'clientAssertion'>): boolean =>
  clientSecret === null && clientAssertion === null;

/** What an agent obtained with a lease; the API keeps it encrypted, and the agent forgets it with the order. */
export const Tokens = z.object({
  leaseId: z.uuid(),
  /** Null where the grant gives none (`client-credentials`, or `offline_access` was not granted). */
  refreshToken: secret.nullable(),
  accessToken: secret,
  expiresAt: Instant,
});
export type Tokens = z.infer<typeof Tokens>;

/** What a person has to type at `verificationUri` before `expiresAt` (RFC 8628, section 3.2). */
export const DeviceCode = z.object({
  leaseId: z.uuid(),
  userCode: z.string().min(1).max(64),
  verificationUri: z.url({ protocol: /^https$/ }).max(512),
  expiresAt: Instant,
});
export type DeviceCode = z.infer<typeof DeviceCode>;
