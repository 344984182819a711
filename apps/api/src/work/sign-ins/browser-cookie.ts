import { randomText } from './authorize-url.ts';

const SECRET = /^[A-Za-z0-9_-]{43}$/;
const LASTS_SECONDS = 900;

const nameFor = (signInId: string): string => `mailpath-sign-in-${signInId}`;

/**
 * The cookie by which the browser of a sign-in is known, from a Cookie header (RFC 6265, section 4.2.1); null without a
 * good one.
 */
export function browserIn(header: string | undefined, signInId: string): string | null {
  const start = `${nameFor(signInId)}=`;
  const found = (header ?? '').split(';').find((pair) => pair.trimStart().startsWith(start));
  const value = found?.trim().slice(start.length) ?? '';
  return SECRET.test(value) ? value : null;
}

/**
 * The Set-Cookie header that marks a browser. Lax: sent when Entra leads the browser back, and not with a form that
 * another site posts here.
 */
export const browserCookie = (signInId: string, secret: string | null, isSecure: boolean): string =>
  `${nameFor(signInId)}=${secret ?? randomText()}; Path=/v1/sign-ins; Max-Age=${LASTS_SECONDS}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
