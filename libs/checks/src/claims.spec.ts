import { TokenClaims } from '@mailpath/protocol';
import { expect, test } from 'vitest';
import { claimsOf, timesOf } from './claims.ts';
import { jwt } from './testing/token-endpoint.ts';

test('a token of version 1 is read by its names', () => {
  const claims = claimsOf(
    jwt({
      aud: 'https://outlook.office.com',
      scp: 'IMAP.AccessAsUser.All SMTP.Send',
      unique_name: 'sales@example.com',
      appid: 'client',
      appidacr: '1',
      amr: ['pwd', 'mfa'],
      tid: 'tenant',
      oid: 'object',
      iss: 'https://sts.windows.net/tenant/',
      ver: '1.0',
      idtyp: 'user',
      idp: 'https://sts.windows.net/home/',
      iat: 1,
      nbf: 2,
      exp: 3,
    }),
    null,
  );
  expect(TokenClaims.parse(claims)).toEqual({
    user: 'sales@example.com',
    userFrom: 'access-token',
    opaque: false,
    aud: 'https://outlook.office.com',
    scp: 'IMAP.AccessAsUser.All SMTP.Send',
    roles: [],
    tid: 'tenant',
    appid: 'client',
    oid: 'object',
    iss: 'https://sts.windows.net/tenant/',
    ver: '1.0',
    idtyp: 'user',
    idp: 'https://sts.windows.net/home/',
    amr: ['pwd', 'mfa'],
    appidacr: '1',
    iat: 1,
    nbf: 2,
    exp: 3,
  });
});

test('a token of version 2, and of an application, is read by its other names', () => {
  const claims = claimsOf(
    jwt({ aud: ['a', 'b'], azp: 'client', azpacr: 2, roles: ['IMAP.AccessAsApp'], ver: '2.0' }),
    null,
  );
  expect(claims).toMatchObject({
    user: null,
    userFrom: null,
    aud: 'a b',
    appid: 'client',
    appidacr: '2',
    roles: ['IMAP.AccessAsApp'],
  });
});

test.each([
  [{ preferred_username: 'id@x' }, { upn: 'access@x' }, 'id@x', 'id-token'],
  [{ upn: 'id@x' }, { upn: 'access@x' }, 'id@x', 'id-token'],
  [{ name: 'no user name' }, { unique_name: 'access@x' }, 'access@x', 'access-token'],
  [{ preferred_username: 7 }, { preferred_username: 'access@x' }, '7', 'id-token'],
  [{ preferred_username: '' }, { upn: '' }, null, null],
])('id token %o and access token %o name %s by the %s', (id, access, user, userFrom) => {
  expect(claimsOf(jwt(access), jwt(id))).toMatchObject({ user, userFrom });
});

test('an opaque access token leaves all but the user null', () => {
  const claims = claimsOf('EwBoA8l6BAAU', jwt({ preferred_username: 'sales@example.com' }));
  expect(claims).toMatchObject({ opaque: true, user: 'sales@example.com', aud: null, exp: null, roles: [] });
});

const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
test.each<[string, string]>([
  ['nothing', ''],
  ['dots', '..'],
  ['an encrypted token', 'a.b.c.d.e'],
  ['no base64', 'a.!!!!.c'],
  ['no JSON', `a.${Buffer.from('{"aud":').toString('base64url')}.c`],
  ['a list', jwt([1, 2])],
  ['null', jwt(null)],
  ['a text', jwt('text')],
  ['a depth', `a.${Buffer.from(`{"aud":${deep}}`).toString('base64url')}.c`],
  ['a size', jwt({ aud: 'x'.repeat(1_000_000) })],
  ['wrong types', jwt({ aud: {}, scp: [1, {}], roles: 7, exp: '3', iat: null, upn: ['a'], amr: [[]] })],
  ['times beyond numbers', `a.${Buffer.from('{"exp":1e999,"iat":-1e999}').toString('base64url')}.c`],
  [
    'controls and length',
    jwt({ upn: `\u001b[2J\u202e\u0000${'u'.repeat(5_000)}`, roles: Array(500).fill('r'.repeat(900)) }),
  ],
  ['a prototype', jwt(JSON.parse('{"__proto__":{"upn":"x"},"constructor":1}'))],
])('a token of %s is read without harm, and what it says fits into evidence', (_, token) => {
  const claims = claimsOf(token, token);
  expect(TokenClaims.parse(claims)).toEqual(claims);
  expect(JSON.stringify(claims).length).toBeLessThan(40_000);
  // oxlint-disable-next-line no-control-regex -- controls are what must not be there
  expect(claims.user ?? '').not.toMatch(/[\u0000-\u001f\u202e]/);
  expect(Object.values(timesOf(token)).every((time) => time === null || Number.isFinite(time))).toBe(true);
});
