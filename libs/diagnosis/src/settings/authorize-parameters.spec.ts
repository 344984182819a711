import { describe, expect, it } from 'vitest';
import { type Harm, parametersOf, type ParameterVerdict } from './authorize-parameters.ts';

const of = (query: string, endpoint: 'v1' | 'v2' = 'v2') =>
  parametersOf(new URL(`https://login.microsoftonline.com/t/oauth2/v2.0/authorize?${query}`), endpoint);

/** Where a parameter comes from, some names of it, and what is said of them. */
const ORIGINS: readonly (readonly [string, readonly string[], ParameterVerdict, Harm | null])[] = [
  ['RFC 6749, 4.1.1', ['client_id', 'redirect_uri', 'response_type', 'scope'], 'needed', null],
  ['RFC 6749 and 7636', ['state', 'code_challenge', 'code_challenge_method'], 'harmless', null],
  [
    'OpenID Connect Core, 3.1.2.1',
    ['nonce', 'max_age', 'display', 'ui_locales', 'prompt', 'login_hint'],
    'harmless',
    null,
  ],
  ['single sign-on', ['id_token_hint', 'domain_hint', 'sid', 'WHR'], 'harmful', 'picks-user'],
  [
    'a proof beyond the password',
    ['claims', 'acr_values', 'req_cnf', 'token_type'],
    'harmful',
    'demands-more',
  ],
  ['request objects, RFC 9101 and 9126', ['request', 'request_uri'], 'harmful', 'unsupported'],
  ['RFC 9396 and 9449', ['authorization_details', 'dpop_jkt'], 'harmful', 'unsupported'],
  ['other providers', ['access_type', 'audience', 'hd'], 'harmful', 'unsupported'],
  ['the token endpoint', ['grant_type', 'user_code'], 'harmful', 'unsupported'],
  ['an answer', ['error', 'error_description', 'iss', 'expires_in'], 'harmful', 'unsupported'],
  ['sign-out', ['post_logout_redirect_uri', 'logout_hint'], 'harmful', 'unsupported'],
  ['WS-Federation', ['wa', 'wtrealm', 'wreply', 'wctx'], 'harmful', 'unsupported'],
  [
    'wallets and grants',
    ['issuer_state', 'grant_id', 'presentation_definition', 'vtr'],
    'harmful',
    'unsupported',
  ],
  ['a broker of the device', ['brk_client_id', 'BRK_REDIRECT_URI', 'nativebroker'], 'harmful', 'no-code'],
  [
    'secrets',
    ['client_secret', 'refresh_token', 'assertion', 'device_code', 'code', 'password'],
    'harmful',
    'secret',
  ],
  ['MSAL', ['x-client-SKU', 'X-AnchorMailbox', 'client-request-id', 'x-ms-lib-capability'], 'harmless', null],
  ['nobody', ['tomorrow', 'constructor', '__proto__', 'toString', 'scope2', ' scope'], 'unknown', null],
];

describe('a parameter of an authorize URL', () => {
  it.each(ORIGINS)('of %s has its verdict: %j', (_, names, verdict, harm) => {
    for (const name of names)
      expect(of(`${encodeURIComponent(name)}=1`)).toMatchObject([{ name, times: 1, verdict, harm }]);
  });

  it.each([
    ['resource', 'https://outlook.office365.com', 'v1', 'needed', null],
    ['resource', 'https://outlook.office365.com', 'v2', 'harmful', 'unsupported'],
    ['response_mode', 'query', 'v2', 'harmless', null],
    ['response_mode', 'FORM_POST', 'v2', 'harmless', null],
    ['response_mode', 'fragment', 'v2', 'harmful', 'no-code'],
    ['response_mode', 'fragment.jwt', 'v2', 'harmful', 'no-code'],
    ['response_mode', 'jwt', 'v2', 'harmful', 'unsupported'],
    ['response_mode', 'web_message', 'v1', 'harmful', 'unsupported'],
    ['response_mode', '', 'v2', 'harmful', 'unsupported'],
  ] as const)('%s=%s at %s is %s (%s)', (name, value, endpoint, verdict, harm) => {
    expect(of(new URLSearchParams({ [name]: value }).toString(), endpoint)).toMatchObject([
      { verdict, harm },
    ]);
  });

  it('is told once, with how often it stands there, in the order of the URL', () => {
    expect(of('b=1&scope=x&b=2&b=3').map(({ name, times }) => [name, times])).toEqual([
      ['b', 3],
      ['scope', 1],
    ]);
  });

  it('is bounded in its name and in how many are looked at', () => {
    const many = of(Array.from({ length: 150 }, (_, at) => `p${at}=1`).join('&'));
    expect(many).toHaveLength(100);
    expect(many.at(-1)?.name).toBe('p99');
    expect(of(`${'n'.repeat(70)}=1`)[0]?.name).toBe('n'.repeat(60));
    expect(of(`${'n'.repeat(59)}%F0%9F%98%80=1`)[0]?.name.isWellFormed()).toBe(true);
  });

  it.each([
    ['scope=a%20b', []],
    ['prompt=login%20consent', []],
    ['domain_hint=a%20b', ['blank']],
    ['scope=a%20', ['blank-at-end']],
    ['claims=%7B%22a%22%3A1%7D', []],
    ['state=%22a%22%2525', []],
    ['login_hint=%22a%22', ['quote']],
    ['login_hint=%C2%A0a', ['odd-blank']],
    ['login_hint=a&login_hint=%E2%80%8Bb', ['zero-width']],
    ['redirect_uri=https%253A%252F%252Fece', ['encoded-twice']],
    ['redirect_uri=https%25253A%25252F%25252Fece', ['encoded-twice']],
    ['redirect_uri=https%3A%2F%2Fece%2Fa%2520b', []],
    ['login_hint=sales%2540example.com', ['encoded-twice']],
    ['login_hint=sales%40example.com', []],
    ['scope=https%253A%252F%252Foutlook.office.com%252F.default', ['encoded-twice']],
  ])('says what its value holds that none should: %s', (query, oddities) => {
    expect(of(query)[0]?.oddities).toEqual(oddities);
  });
});
