import { describe, expect, it } from 'vitest';
import { browserCookie, browserSecretIn, derivedFrom, makeSecret } from './openid-cookie.ts';

describe('the cookie of a browser that begins a sign-in', () => {
  it('is one under https that no other name of the domain can set', () => {
    const secret = makeSecret();
    expect(browserCookie(secret, true)).toBe(
      `__Host-mailpath_openid=${secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age=600; Secure`,
    );
    expect(browserSecretIn(`a=b; __Host-mailpath_openid=${secret}`, true)).toBe(secret);
    // Such a one could be of anybody.
    expect(browserSecretIn(`mailpath_openid=${secret}`, true)).toBeNull();
  });

  it.each([undefined, '', 'mailpath_openid=', 'mailpath_openid=short', `mailpath_openid=${'é'.repeat(43)}`])(
    'is none in %j',
    (header) => {
      expect(browserSecretIn(header, false)).toBeNull();
    },
  );
});

describe('nonce and code verifier', () => {
  it('are of one browser, one state and one use, and tell nothing of the secret', () => {
    const [secret, other] = [makeSecret(), makeSecret()];
    const all = [derivedFrom(secret, 'a'), derivedFrom(secret, 'b'), derivedFrom(other, 'a')];
    const values = all.flatMap(({ nonce, verifier }) => [nonce, verifier]);
    expect(new Set([...values, secret]).size).toBe(7);
    for (const value of values) expect(value).toMatch(/^[\w-]{43}$/);
    expect(derivedFrom(secret, 'a')).toEqual(all[0]);
  });
});
