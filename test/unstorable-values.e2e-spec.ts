import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApi, startApi } from './support/api.ts';
import { client, CLIENT_SECRET, createMailSite } from './support/mail-site.ts';

let api: RunningApi;
let siteId: string;
beforeAll(async () => {
  api = await startApi();
  siteId = await createMailSite(api);
});
afterAll(() => api.close());

const cursor = (...place: string[]): string => Buffer.from(JSON.stringify(place)).toString('base64url');
const YEAR_0 = '0000-12-31T00:00:00Z';
const NUL = 'https://ece.example.com/\0';
const signIn = { userName: 'sales@example.com', serverId: randomUUID() };

describe('a value that Postgres cannot keep', () => {
  it.each<[string, 'get' | 'put' | 'post' | 'patch', string, object]>([
    ['cursor', 'get', `/credentials?cursor=${cursor('\0')}`, {}],
    ['cursor', 'get', `/results?cursor=${cursor(YEAR_0, randomUUID())}`, {}],
    ['cursor', 'get', `/findings?cursor=${cursor(YEAR_0, randomUUID())}`, {}],
    ['from', 'get', `/results?from=${YEAR_0}`, {}],
    ['to', 'get', `/results?to=${YEAR_0}`, {}],
    ['expiresOn', 'put', '/client-secret', { secret: CLIENT_SECRET, expiresOn: '0000-12-31' }],
    ['redirectUri', 'post', '/sign-ins', { ...signIn, redirectUri: NUL }],
    ['externalUrl', 'patch', '', { externalUrl: NUL }],
    ['adminConsoleUrl', 'patch', '', { adminConsoleUrl: NUL }],
  ])('is refused by the name of its field: %s, %s %s', async (field, method, path, body) => {
    const call = client(api)[method](`/v1/sites/${siteId}${path}`);
    const answer = await (method === 'get' ? call : call.send(body)).expect(400);
    expect(answer.body.errors.map((each: { field: string }) => each.field)).toEqual([field]);
  });
});

describe('the longest user name', () => {
  it('fits into the path under which a credential is forgotten', async () => {
    const userName = `${'営'.repeat(160)}@${'x'.repeat(159)}`;
    const { body } = await client(api)
      .delete(`/v1/sites/${siteId}/credentials/${encodeURIComponent(userName)}`)
      .expect(404);
    expect(body.detail).toContain(`${userName} has not signed in`);
  });
});
