import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { SEED_TENANT_ID } from '../seed.ts';
import { codeIn, type EntraBench, makeEntraBench } from '../testing/entra-bench.ts';

const CONFIGURATION = 'v2.0/.well-known/openid-configuration';

let bench: EntraBench;
beforeAll(async () => (bench = await makeEntraBench()));
afterAll(() => bench.stop());

it('says where a tenant’s endpoints are, at the host that was called', async () => {
  const answer = await bench.get(`/contoso.example/${CONFIGURATION}`);
  const base = `https://127.0.0.1:${bench.port}/${SEED_TENANT_ID}`;
  expect(answer.status).toBe(200);
  expect(answer.json()).toMatchObject({
    issuer: `${base}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
  });
});

it('names Microsoft’s issuer to whoever calls a Microsoft name', async () => {
  const answer = await bench.get(`/common/${CONFIGURATION}`, { host: 'login.microsoft.com' });
  expect(answer.json()).toMatchObject({
    issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0',
    token_endpoint: 'https://login.microsoft.com/common/oauth2/v2.0/token',
  });
});

it.each([
  ['a GUID that is no tenant’s', '00000000-1111-4222-8333-444444444444', 90002],
  ['a domain that is no tenant’s', 'fabrikam.example', 90002],
  ['no identifier at all', 'nonsense', 900023],
])('refuses %s', async (_what, tenant, code) => {
  const answer = await bench.get(`/${tenant}/${CONFIGURATION}`);
  expect(answer.status).toBe(400);
  expect(answer.json()['error']).toBe('invalid_tenant');
  expect(codeIn(answer)).toBe(code);
});

it('publishes the keys that its tokens are signed with', async () => {
  const keys = (await bench.get(`/${SEED_TENANT_ID}/discovery/v2.0/keys`)).json();
  const token = await bench.tokens.sign({ sub: 'somebody' });
  const { payload } = await jwtVerify(token, createLocalJWKSet(keys as unknown as JSONWebKeySet));
  expect(payload.sub).toBe('somebody');
});

it('knows the names of Microsoft’s cloud and its own, and no other', async () => {
  const path = '/common/discovery/instance?api-version=1.1&authorization_endpoint=';
  const known = await bench.get(`${path}https://login.windows.net/common/oauth2/v2.0/authorize`);
  expect(known.json()['metadata']).toMatchObject([
    { preferred_network: 'login.microsoftonline.com', preferred_cache: 'login.windows.net' },
  ]);
  const own = await bench.get(`${path}https://127.0.0.1:${bench.port}/common/oauth2/v2.0/authorize`);
  expect(own.json()['metadata']).toMatchObject([{ aliases: [`127.0.0.1:${bench.port}`] }]);
  const unknown = await bench.get(`${path}https://login.evil.example/common/oauth2/v2.0/authorize`);
  expect(unknown.status).toBe(400);
  expect(unknown.json()['error']).toBe('invalid_instance');
});

it('answers 404 for any other path, and 400 for one that is none', async () => {
  expect((await bench.get('/common/nothing')).status).toBe(404);
  expect((await bench.get('//')).status).toBe(400);
  expect((await bench.get('/%ff/oauth2/v2.0/token', { method: 'POST' })).status).toBe(400);
});

it('sends the front page of Exchange Online to the mailbox', async () => {
  const answer = await bench.get('/', { host: 'outlook.office365.com' });
  expect([answer.status, answer.headers.location]).toEqual([302, 'https://outlook.office365.com/owa/']);
  const other = await bench.get(`/common/${CONFIGURATION}`, { host: 'outlook.office365.com' });
  expect(other.status).toBe(404);
});
