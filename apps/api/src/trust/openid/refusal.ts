import type { ErrorCode } from '../../platform/errors.ts';

/** Why a person is not signed in by OpenID Connect, and what the page about it may say. Nothing secret is in it. */
export type Reason =
  /** No sign-in of this browser waits for this answer: begun elsewhere, used, or older than ten minutes. */
  | { readonly why: 'not-begun' }
  /** The provider said no to the person, with this word of RFC 6749, section 4.1.2.1, and a number of Entra's. */
  | { readonly why: 'provider-refused'; readonly error: string }
  /** The code was not good, or the token for it is not proven to be its own, for Mailpath, and of this moment. */
  | { readonly why: 'not-proven' }
  | { readonly why: 'no-role'; readonly groups: readonly string[]; readonly appRoles: readonly string[] }
  /** The person is in more groups than the provider puts into a token. */
  | { readonly why: 'too-many-groups' }
  | { readonly why: 'provider-down' }
  /** The provider does not know the client, or not with this secret. */
  | { readonly why: 'client-refused'; readonly error: string };

const CODES: Record<Reason['why'], ErrorCode> = {
  'not-begun': 'unauthorized',
  'provider-refused': 'unauthorized',
  'not-proven': 'unauthorized',
  'no-role': 'forbidden',
  'too-many-groups': 'forbidden',
  'provider-down': 'unavailable',
  'client-refused': 'unavailable',
};

/** A sign-in that ends without a session. */
export class OpenIdRefusal extends Error {
  override readonly name = 'OpenIdRefusal';
  readonly code: ErrorCode;

  constructor(
    readonly reason: Reason,
    cause?: unknown,
  ) {
    super(reason.why, { cause });
    this.code = CODES[reason.why];
  }
}
