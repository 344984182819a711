import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { authorizeUrl, randomText } from './authorize-url.ts';

const given = {
  tenant: 'contoso.onmicrosoft.com',
  clientId: '6731de76-14a6-49ae-97bc-6eba6914391e',
  redirectUri: 'https://ece.example.com/a?b=c',
  userName: 'sales@example.com',
  state: randomText(),
  codeVerifier: randomText(),
};
const of = (cloud: 'worldwide' | 'china', inboundProtocol: 'imap' | 'pop3' | 'undecided', targets = {}) =>
  new URL(authorizeUrl({ cloud, inboundProtocol, targets }, given));

describe('the address to sign in at', () => {
  it("is that of the cloud's sign-in host and the tenant, with everything that Entra has to know", () => {
    const url = of('worldwide', 'imap');
    expect(url.origin + url.pathname).toBe(
      'https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/v2.0/authorize',
    );
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: given.clientId,
      response_type: 'code',
      response_mode: 'query',
      redirect_uri: given.redirectUri,
      scope:
        'https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access openid profile',
      prompt: 'login',
      login_hint: 'sales@example.com',
      state: given.state,
      code_challenge: createHash('sha256').update(given.codeVerifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
  });

  it('does not hold the code verifier', () => {
    expect(of('worldwide', 'imap').href).not.toContain(given.codeVerifier);
  });

  it('asks for POP3, or for both while that is undecided, of the resource of the cloud', () => {
    const scopes = (url: URL) => url.searchParams.get('scope')?.split(' ').slice(0, -3);
    expect(scopes(of('china', 'pop3'))).toEqual([
      'https://partner.outlook.cn/POP.AccessAsUser.All',
      'https://partner.outlook.cn/SMTP.Send',
    ]);
    expect(scopes(of('worldwide', 'undecided'))).toHaveLength(3);
  });

  it('is aimed where the site says', () => {
    expect(of('worldwide', 'imap', { login: { host: '127.0.0.1', port: 8443 } }).host).toBe('127.0.0.1:8443');
    expect(of('worldwide', 'imap', { login: { host: '::1', port: 443 } }).host).toBe('[::1]');
  });
});
