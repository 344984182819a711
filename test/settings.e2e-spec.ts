import type { SettingVerdict } from '@mailpath/protocol';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type RunningApi } from './support/api.ts';
import { createSite, deliveriesFrom, enrolServer, ScriptedAgent } from './support/scripted-agent.ts';

const TENANT = '11111111-2222-4333-8444-555555555555';
const CLIENT = 'b5d8b7a4-0f6e-4b5e-9c1e-1f2a3b4c5d6e';
const OF_ONE_SIGN_IN = { state: 'state-xyzzy', nonce: 'nonce-xyzzy', code_challenge: 'challenge-xyzzy' };

const authorizeUrl = (changes: Record<string, string> = {}, tenant = TENANT): string =>
  `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/authorize?${new URLSearchParams({
    client_id: CLIENT,
    redirect_uri: 'https://ece.example.com/system/oauth',
    response_type: 'code',
    scope:
      'https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access',
    prompt: 'login',
    ...OF_ONE_SIGN_IN,
    ...changes,
  }).toString()}`;

let api: RunningApi;
let client: ReturnType<typeof request.agent>;
beforeAll(async () => {
  api = await startApi();
  client = request.agent(api.server).auth(api.apiKey, { type: 'bearer' });
});
afterAll(() => api.close());

describe('the settings of a site', () => {
  it('are judged by what is entered, and by what its servers have seen', async () => {
    const siteId = await createSite(api, {
      name: 'Tokyo',
      version: '12.6(1)',
      esLevel: 'ES5',
      externalUrl: 'https://ece.example.com',
      redirectUri: 'https://ece.example.com/system/oauth',
      tenant: 'c0a7050e-5a1e-4d17-b1b5-2f6d9c3e8a44',
      clientId: '6d3f1a52-8c0e-4f7b-9a51-3e1c2b7d4f60',
    });
    const agent = await ScriptedAgent.join(api.url, await enrolServer(api, siteId, 'app01'));
    await agent.deliver(
      deliveriesFrom(1, 2, (sequence) =>
        sequence === 1
          ? {
              check: 'https.external-url',
              target: { name: 'external-url', host: 'ece.example.com', port: 443 },
            }
          : {
              check: 'https.redirect-uri',
              target: { name: 'redirect-uri', host: 'login.microsoftonline.com', port: 443 },
              outcome: 'fail',
              failure: { phase: 'http', code: 'denied', message: 'AADSTS50011' },
              evidence: {
                redirect: { redirectUri: 'https://ece.example.com/system/oauth', aadsts: 50_011 },
              },
            },
      ),
    );
    const { status, body } = await client.get(`/v1/sites/${siteId}/settings`);
    expect(status).toBe(200);
    const verdicts = (body.verdicts as SettingVerdict[]).map(
      ({ item, subject, verdict }) => `${item} ${subject} ${verdict}`,
    );
    expect(verdicts).toEqual([
      'C1 Tokyo holds',
      'C2 Tokyo holds',
      'C2 Tokyo cannot-tell',
      'C2 app01 holds',
      'C3 Tokyo holds',
      'C3 Tokyo holds',
      'C3 app01 broken',
    ]);
    await agent.leave();
  });

  it('are told in the language that is asked for, English where it is neither of the two', async () => {
    const siteId = await createSite(api, { name: 'Sapporo' });
    const sentences = async (language: string): Promise<string[]> => {
      const { body } = await client.get(`/v1/sites/${siteId}/settings`).set('accept-language', language);
      return (body.verdicts as SettingVerdict[]).map(({ sentence }) => sentence);
    };
    expect((await sentences('ja-JP,ja;q=0.9'))[0]).toBe('ECE のバージョンが入力されていません。');
    expect((await sentences('fr'))[0]).toBe('The version of ECE is not entered.');
    const pasted = await client
      .post(`/v1/sites/${siteId}/authorize-url`)
      .set('accept-language', 'ja')
      .send({ url: authorizeUrl() });
    for (const { sentence } of pasted.body.verdicts as SettingVerdict[])
      expect(sentence).toMatch(/\p{Script=Hiragana}/u);
  });

  it('answer 404 where there is no site', async () => {
    const nowhere = '/v1/sites/01a20bac-7abe-74ff-a112-9ae128132374';
    expect((await client.get(`${nowhere}/settings`)).status).toBe(404);
    expect((await client.post(`${nowhere}/authorize-url`).send({ url: authorizeUrl() })).status).toBe(404);
  });
});

describe('a pasted authorize URL', () => {
  it('is taken apart and judged, changes nothing, and nothing of one sign-in is answered', async () => {
    const siteId = await createSite(api, { name: 'Osaka', clientId: TENANT });
    const before = (await client.get(`/v1/sites/${siteId}`)).body;
    const { status, body, text } = await client
      .post(`/v1/sites/${siteId}/authorize-url`)
      .send({ url: authorizeUrl() });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      applied: false,
      parts: { clouds: ['worldwide'], tenant: TENANT, clientId: CLIENT, endpoint: 'v2' },
    });
    expect(body.verdicts).toContainEqual(
      expect.objectContaining({ item: 'C3', verdict: 'broken', subject: 'Osaka' }),
    );
    expect(text).not.toContain('xyzzy');
    expect((await client.get(`/v1/sites/${siteId}`)).body).toEqual(before);
  });

  it('sets the site when it is to, and is judged against that', async () => {
    const siteId = await createSite(api, { name: 'Nagoya', cloud: 'china', clientId: TENANT });
    const { status, body } = await client
      .post(`/v1/sites/${siteId}/authorize-url`)
      .send({ url: authorizeUrl(), apply: true });
    expect(status).toBe(200);
    expect(body.applied).toBe(true);
    expect((body.verdicts as SettingVerdict[]).filter(({ verdict }) => verdict === 'broken')).toEqual([]);
    const site = await client.get(`/v1/sites/${siteId}`);
    expect(site.body).toMatchObject({
      cloud: 'worldwide',
      tenant: TENANT,
      clientId: CLIENT,
      redirectUri: 'https://ece.example.com/system/oauth',
    });
    const [row] = await api.database.query<{ all: string }>(
      'select to_jsonb(s)::text as all from sites s where id = $1',
      [siteId],
    );
    expect(row?.all).toContain(CLIENT);
    expect(row?.all).not.toContain('xyzzy');
  });

  it('for any tenant leaves the tenant of the site as it is', async () => {
    const siteId = await createSite(api, { name: 'Kobe', tenant: TENANT });
    const url = authorizeUrl({}, 'common');
    await client.post(`/v1/sites/${siteId}/authorize-url`).send({ url, apply: true }).expect(200);
    expect((await client.get(`/v1/sites/${siteId}`)).body.tenant).toBe(TENANT);
  });

  it.each<[unknown, string]>([
    [undefined, 'url: '],
    [7, 'url: paste the address'],
    ['', 'url: paste the address'],
    ['x'.repeat(8_193), 'at most 8192 characters'],
    ['hello', 'url: this is not an https:// address: start the sign-in in ECE'],
    [
      'https://evil.example/common/oauth2/v2.0/authorize?client_id=xyzzy',
      "the host is not one of Microsoft's sign-in hosts",
    ],
    ['https://ece.example.com/system/oauth?code=xyzzy&state=xyzzy', 'copy the address of the page before it'],
    [authorizeUrl({ client_id: 'xyzzy' }), 'no client_id that is a GUID'],
    [authorizeUrl({ redirect_uri: 'a\u0000xyzzy' }), 'control characters'],
    [authorizeUrl({}, '-a'), 'Mailpath cannot use the tenant of this address'],
  ])('is refused as %.60j, by its field and with the remedy', async (url, detail) => {
    const siteId = await createSite(api, { name: `refused ${Math.random()}` });
    const before = (await client.get(`/v1/sites/${siteId}`)).body;
    const answer = await client.post(`/v1/sites/${siteId}/authorize-url`).send({ url, apply: true });
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toMatchObject([{ field: 'url' }]);
    expect(answer.body.detail).toContain(detail);
    expect(answer.text).not.toContain('xyzzy');
    expect((await client.get(`/v1/sites/${siteId}`)).body).toEqual(before);
  });
});
