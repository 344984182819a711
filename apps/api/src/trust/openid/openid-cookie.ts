import { createHmac, randomBytes } from 'node:crypto';

const NAME = 'mailpath_openid';
const SECRET = /^[\w-]{43}$/;

/** As long as a person may take at the provider. */
export const START_SECONDS = 600;

/** `__Host-`: no other name of the same domain can put such a cookie there (RFC 6265bis, section 4.1.3.2). */
const nameOf = (isSecure: boolean): string => (isSecure ? `__Host-${NAME}` : NAME);

/** The secret of the browser that begins a sign-in, from a Cookie header; null without a good one. */
export function browserSecretIn(header: string | undefined, isSecure: boolean): string | null {
  const begin = `${nameOf(isSecure)}=`;
  const pairs = (header ?? '').split(';').map((each) => each.trim());
  const value = pairs.find((each) => each.startsWith(begin))?.slice(begin.length) ?? '';
  return SECRET.test(value) ? value : null;
}

export const makeSecret = (): string => randomBytes(32).toString('base64url');

/** Lax: it comes along when the provider leads the browser back, and with nothing that another site posts. */
export const browserCookie = (secret: string, isSecure: boolean): string =>
  `${nameOf(isSecure)}=${secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${START_SECONDS}${isSecure ? '; Secure' : ''}`;

/**
 * Nonce and code verifier (43 characters, RFC 7636 section 4.1) of one sign-in, made of what the browser alone keeps:
 * so the database holds nothing of them.
 */
export function derivedFrom(secret: string, state: string): { nonce: string; verifier: string } {
  const derive = (use: string): string =>
    createHmac('sha256', secret).update(`${use}:${state}`).digest('base64url');
  return { nonce: derive('nonce'), verifier: derive('verifier') };
}
