import { describe, expect, it } from 'vitest';
import type { TokenClaims } from '@mailpath/protocol';
import { type Expected, notHis, notTheApplications, toldBy } from './token-owner.ts';

const TENANT = '72f988bf-86f1-41af-91ab-2d7cd011db47';
const CLIENT = '6731de76-14a6-49ae-97bc-6eba6914391e';
const OID = '11111111-1111-4111-8111-111111111111';
const OTHER = '99999999-9999-4999-8999-999999999999';
const expected: Expected = { userName: 'sales@example.com', tenant: TENANT, clientId: CLIENT, known: null };

const token = (payload: object) => `e30.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.c2ln`;
const told = (changes: Partial<TokenClaims> = {}): TokenClaims => ({
  ...toldBy(undefined, 'opaque'),
  user: 'sales@example.com',
  userFrom: 'id-token',
  ...changes,
});

describe('tokens', () => {
  it.each<[string, Partial<Expected>, Partial<TokenClaims>]>([
    ['of that name', {}, {}],
    ['of that name in other letters', {}, { user: 'Sales@Example.COM' }],
    [
      'of that tenant and application, in other letters',
      {},
      { tid: TENANT.toUpperCase(), appid: CLIENT.toUpperCase() },
    ],
    ['of any tenant where the site names a domain', { tenant: 'contoso.onmicrosoft.com' }, { tid: OTHER }],
    [
      'of that object id, renamed',
      { known: { oid: OID, tid: TENANT } },
      { oid: OID, tid: TENANT, user: 'new@example.com' },
    ],
    ['of that object id, without a name', { known: { oid: OID, tid: null } }, { oid: OID, user: null }],
  ])('%s are of the expected user', (_, changes, claims) => {
    expect(notHis({ ...expected, ...changes }, told(claims))).toBeNull();
  });

  it.each<[string, Partial<Expected>, Partial<TokenClaims>, RegExp]>([
    [
      'of another name',
      {},
      { user: 'admin@example.com' },
      /^admin@example.com signed in, and sales@example.com/,
    ],
    [
      'of a guest, whose name is none to enter',
      {},
      { user: 'sales_fabrikam.com#EXT#@contoso.onmicrosoft.com' },
      /a guest, .*sign in as sales@example.com in a private window\.$/,
    ],
    ['of a name that only begins like it', {}, { user: 'sales@example.com.evil' }, /signed in/],
    ['of no name', {}, { user: null, oid: OID }, /does not say whose/],
    ['of another tenant', {}, { tid: OTHER }, /of the tenant 9{8}/],
    ['of another application', {}, { appid: OTHER }, /for the application 9{8}/],
    ['of the application itself', {}, { idtyp: 'app' }, /application itself/],
    [
      'of that name, where they tell no object id of one who is known by it',
      { known: { oid: OID, tid: TENANT } },
      { tid: TENANT },
      /does not say of which account/,
    ],
    [
      'of that object id, where they tell no tenant of one who is known by it',
      { known: { oid: OID, tid: TENANT } },
      { oid: OID },
      /does not say of which account/,
    ],
    ['of another object id', { known: { oid: OID, tid: null } }, { oid: OTHER }, /another account.*DELETE/],
    [
      'of that object id in another tenant',
      { tenant: null, known: { oid: OID, tid: TENANT } },
      { oid: OID, tid: OTHER },
      /another account/,
    ],
  ])('%s are not, which is told', (_, changes, claims, words) => {
    expect(notHis({ ...expected, ...changes }, told(claims))).toMatch(words);
  });

  it('are judged by the access token rather than by what an agent says of it', () => {
    const lie = told({ oid: OID, tid: TENANT });
    const claims = toldBy(lie, token({ upn: 'admin@example.com', oid: OTHER, tid: OTHER, idtyp: 'user' }));
    expect(claims).toMatchObject({ user: 'admin@example.com', oid: OTHER, tid: OTHER, opaque: false });
    expect(toldBy(lie, token({ aud: 'x' }))).toMatchObject({ user: 'sales@example.com', oid: OID, aud: 'x' });
    expect(toldBy(undefined, 'opaque').user).toBeNull();
  });

  it('of the application itself are of its tenant, of its client id, and of no user', () => {
    const none = told({ user: null, userFrom: null });
    expect(notTheApplications(expected, none)).toBeNull();
    expect(notTheApplications(expected, { ...none, tid: TENANT, appid: CLIENT, idtyp: 'app' })).toBeNull();
    for (const changes of [
      { tid: OTHER },
      { appid: OTHER },
      { idtyp: 'user' },
      { user: 'a@b' },
      { scp: 'SMTP.Send' },
    ])
      expect(notTheApplications(expected, { ...none, ...changes })).not.toBeNull();
  });
});
