import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { EntraEndpoint, WebEndpoint } from '../custom-answer.ts';
import type { Fault } from '../faults.ts';
import { SEED_APPLICATION, SEED_TENANT_ID } from '../seed.ts';
import { type StandIn, startStandIn } from '../stand-in.ts';
import { ask } from '../testing/https-client.ts';
import { ECE_HOST } from './ece-web.ts';

const HERE = '127.0.0.46';
const SALES = 'sales@contoso.example';

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn({ addresses: [HERE] });
});
afterEach(() => standIn.reset());
afterAll(() => standIn.stop());

const switchOn = (...faults: Fault[]): void => standIn.faults.set(HERE, faults);

const TOKEN = {
  grant_type: 'client_credentials',
  client_id: SEED_APPLICATION.clientId,
  client_secret: SEED_APPLICATION.secret,
  scope: 'https://outlook.office365.com/.default',
};
const QUERY = `client_id=${SEED_APPLICATION.clientId}&response_type=code&scope=openid&redirect_uri=${encodeURIComponent(SEED_APPLICATION.redirectUri)}`;

/** How each endpoint is asked. */
const REQUESTS: Readonly<
  Record<WebEndpoint, { host?: string; path: string; form?: Record<string, string> }>
> = {
  authorize: { path: `/${SEED_TENANT_ID}/oauth2/v2.0/authorize?${QUERY}&login_hint=${SALES}` },
  token: { path: `/${SEED_TENANT_ID}/oauth2/v2.0/token`, form: TOKEN },
  'device-code': {
    path: `/${SEED_TENANT_ID}/oauth2/v2.0/devicecode`,
    form: { client_id: SEED_APPLICATION.clientId, scope: 'openid' },
  },
  'device-sign-in': { path: '/common/oauth2/deviceauth', form: { otc: 'X' } },
  discovery: { path: `/${SEED_TENANT_ID}/v2.0/.well-known/openid-configuration` },
  keys: { path: `/${SEED_TENANT_ID}/discovery/v2.0/keys` },
  instance: { path: '/common/discovery/instance?authorization_endpoint=https://login.microsoftonline.com/x' },
  exchange: { host: 'outlook.office365.com', path: '/owa/' },
  ece: { host: ECE_HOST, path: '/system/oauth/callback' },
};

const asked = (endpoint: WebEndpoint) =>
  ask({
    address: HERE,
    port: standIn.ports.https,
    trust: standIn.authority.certificate,
    host: 'login.microsoftonline.com',
    ...REQUESTS[endpoint],
  });

describe('an answer of HTTP in words of its own', () => {
  it.each(Object.keys(REQUESTS) as WebEndpoint[])('is given at %s and nowhere else', async (endpoint) => {
    const web = { endpoint, status: 451, headers: { server: 'squid' }, body: '<h1>Blocked by ルール</h1>' };
    switchOn({ id: 'web-answer', web, retryAfterSeconds: 9 });
    const { status, headers, body } = await asked(endpoint);
    expect([status, headers['server'], headers['retry-after'], body]).toEqual([451, 'squid', '9', web.body]);
    const others = (Object.keys(REQUESTS) as WebEndpoint[]).filter((each) => each !== endpoint);
    const statuses = await Promise.all(others.map(async (each) => (await asked(each)).status));
    expect(statuses).not.toContain(451);
  });
});

describe('an answer of Entra ID in words of its own', () => {
  const PROGRAMS: readonly EntraEndpoint[] = ['token', 'device-code', 'discovery', 'keys', 'instance'];
  const entra = {
    code: 530_999,
    error: 'no_such_word',
    suberror: 'of_tomorrow',
    text: 'A policy of tomorrow.',
  };

  it.each(PROGRAMS)('is JSON at %s, with its number, words and status', async (endpoint) => {
    switchOn({ id: 'entra-answer', entra: { endpoint, ...entra, status: 403 } });
    const answer = await asked(endpoint);
    expect(answer.status).toBe(403);
    expect(answer.json()).toMatchObject({
      error: entra.error,
      suberror: entra.suberror,
      error_codes: [entra.code],
      error_description: expect.stringMatching(/^AADSTS530999: A policy of tomorrow\. Trace ID: /) as string,
    });
  });

  it('is a page at authorize, for the user it names', async () => {
    switchOn({ id: 'entra-answer', name: SALES, entra: { endpoint: 'authorize', ...entra } });
    expect((await asked('authorize')).body).toContain('AADSTS530999: A policy of tomorrow.');
    switchOn({ id: 'entra-answer', name: 'ece@contoso.example', entra: { endpoint: 'authorize', ...entra } });
    expect((await asked('authorize')).body).not.toContain('AADSTS');
  });

  it('is met twice and then no more', async () => {
    switchOn({ id: 'entra-answer', times: 2, entra: { endpoint: 'token', ...entra } });
    const statuses: (number | undefined)[] = [];
    for (let turn = 0; turn < 3; turn += 1) statuses.push((await asked('token')).status);
    expect(statuses).toEqual([400, 400, 200]);
  });
});
