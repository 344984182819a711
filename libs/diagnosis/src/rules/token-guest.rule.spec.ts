import type { TokenClaims } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { diagnoseSite } from '../diagnose-site.ts';
import { grantOf, homeOfGuest, tenantOfIssuer } from '../sign-in/identity.ts';
import { but, svc, withEvidence } from '../testing/fixtures.ts';
import { claimsOf, SITE, TENANT } from '../testing/healthy.ts';
import { breaks } from '../testing/sign-in-steps.ts';

const HOME = '22222222-3333-4444-5555-666666666666';
const V1 = `https://sts.windows.net/${TENANT}/`;
const V2 = `https://login.microsoftonline.com/${TENANT}/v2.0`;
const guest = 'sales_fabrikam.example#EXT#@example.onmicrosoft.com';

/** IMAP refuses a login with a token of these claims. */
function told(claims: Partial<TokenClaims>) {
  const server = breaks('imap.mailbox', 'authenticate', 'denied', {
    login: { reply: 'NO AUTHENTICATE failed.' },
    claims: claimsOf(claims),
  });
  return diagnoseSite({ site: SITE, servers: [server] });
}

describe('a token of a guest', () => {
  it.each<[string, Partial<TokenClaims>, string]>([
    ['by its name', { user: guest }, 'sales@fabrikam.example'],
    ['by its name in other letters', { user: guest.replace('EXT', 'ext') }, 'sales@fabrikam.example'],
    ['by a name with more marks', { user: 'a_b_c.example#EXT#@x.example' }, 'a_b@c.example'],
    ['by who authenticated it', { idp: `https://sts.windows.net/${HOME}/`, iss: V1 }, HOME],
    ['by a provider that is not Entra ID', { idp: 'live.com', iss: V2 }, 'live.com'],
  ])('is told %s', (_, claims, home) => {
    const [finding, ...more] = told(claims);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      rule: 'token.guest',
      owner: 'ece-administrator',
      checklistItem: 'C5',
      severity: 'error',
    });
    expect(finding?.summary).toContain(home);
    expect(finding?.cause).not.toContain('workstation');
  });

  it.each<[string, Partial<TokenClaims>]>([
    ['nobody else authenticated', { idp: null, iss: V1 }],
    ['the issuer itself authenticated', { idp: V1, iss: V1 }],
    ['its own tenant authenticated, in the other version', { idp: V1, iss: V2 }],
    ['has a mark in its name', { user: 'sales_ext@example.com' }],
  ])('is none that %s', (_, claims) => {
    expect(told(claims).map(({ rule }) => rule)).not.toContain('token.guest');
  });

  it('is none of which the mailbox opens', () => {
    const server = but(svc(), 'imap.mailbox', withEvidence({ claims: claimsOf({ idp: 'live.com' }) }));
    expect(diagnoseSite({ site: SITE, servers: [server] })).toEqual([]);
  });
});

describe('version 1.0 and 2.0 of tokens', () => {
  it.each([
    [V1, TENANT],
    [V2, TENANT],
    [`https://sts.windows.net/${TENANT}`, TENANT],
    [`https://login.microsoftonline.us/${TENANT}/v2.0`, TENANT],
    [`https://sts.chinacloudapi.cn/${TENANT}/`, TENANT],
    [`https://login.partner.microsoftonline.cn/${TENANT}/v2.0`, TENANT],
    [`https://sts.windows.net.evil.example/${TENANT}/`, null],
    [`http://sts.windows.net/${TENANT}/`, null],
    ['https://sts.windows.net/common/', null],
    ['live.com', null],
    ['', null],
    [null, null],
  ])('name the tenant by the issuer %s', (issuer, tenant) => {
    expect(tenantOfIssuer(issuer)).toBe(tenant);
  });

  it.each([V1, V2])('are of another tenant by their issuer where no tid says it: %s', (issuer) => {
    const iss = issuer.replace(TENANT, HOME);
    expect(told({ tid: null, iss }).map(({ rule }) => rule)).toEqual(['token.tenant']);
    expect(told({ tid: null, iss: issuer }).map(({ rule }) => rule)).not.toContain('token.tenant');
  });

  it.each([
    'https://outlook.office.com',
    'https://outlook.office365.com/',
    '00000002-0000-0ff1-ce00-000000000000',
  ])('are for Exchange Online, as a URI or as a GUID: %s', (aud) => {
    for (const ver of ['1.0', '2.0'])
      expect(told({ aud, ver }).map(({ rule }) => rule)).not.toContain('token.audience');
    expect(told({ aud: '00000003-0000-0000-c000-000000000000', ver: '2.0' })[0]?.rule).toBe('token.audience');
  });

  it('tell app-only by idtyp, and without it by roles in place of scopes', () => {
    const roles = ['IMAP.AccessAsApp'];
    expect(grantOf(claimsOf({ idtyp: 'app', scp: null, user: null, roles }))).toBe('application');
    expect(grantOf(claimsOf({ idtyp: null, scp: null, user: null, roles, ver: '2.0' }))).toBe('application');
    expect(grantOf(claimsOf({ idtyp: null, roles, ver: '2.0' }))).toBe('user');
    expect(homeOfGuest(claimsOf({ idtyp: 'app', user: null, iss: V2 }))).toBeNull();
  });

  it('of a tenant that nobody knows, or whose issuer stands at an unknown host, are no guests', () => {
    const elsewhere = `https://sts.sovcloud-identity.example/${TENANT}/`;
    expect(homeOfGuest(claimsOf({ idp: elsewhere, iss: `${elsewhere}v2.0`, tid: TENANT }))).toBeNull();
    expect(homeOfGuest(claimsOf({ idp: 'live.com', iss: null, tid: null }))).toBeNull();
    expect(homeOfGuest(claimsOf({ idp: 'live.com', tid: TENANT }))).toBe('live.com');
  });
});
