import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import {
  ConfidentialClientApplication,
  CryptoProvider,
  type INetworkModule,
  type NetworkRequestOptions,
  type NetworkResponse,
  PublicClientApplication,
} from '@azure/msal-node';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SEED_APPLICATION, SEED_PASSWORD, SEED_TENANT_ID } from '../seed.ts';
import { type EntraBench, makeEntraBench } from '../testing/entra-bench.ts';
import { ask } from '../testing/https-client.ts';

const SCOPES = ['https://outlook.office.com/IMAP.AccessAsUser.All', 'https://outlook.office.com/SMTP.Send'];
const { clientId, secret: clientSecret, redirectUri } = SEED_APPLICATION;
const PUBLIC_CLIENT = '11111111-2222-4333-8444-555555555555';

let bench: EntraBench;
let visited: string[];

beforeAll(async () => {
  bench = await makeEntraBench({ intervalSeconds: 1, expiresInSeconds: 900 });
  bench.directory.addApplication({
    clientId: PUBLIC_CLIENT,
    secrets: [],
    certificates: [],
    redirectUris: [],
    platform: 'public',
    scopes: ['IMAP.AccessAsUser.All', 'SMTP.Send'],
    roles: [],
    enabled: true,
  });
});
afterAll(() => bench.stop());

/** MSAL's own way out, with the test's authority trusted. */
function network(trust: string): INetworkModule {
  const send = <T>(
    method: string,
    url: string,
    { headers = {}, body }: NetworkRequestOptions = {},
  ): Promise<NetworkResponse<T>> =>
    new Promise((resolve, reject) => {
      const { host, pathname, search } = new URL(url);
      visited.push(pathname);
      // Whatever the name, it is the stand-in that is reached.
      const to = { host: '127.0.0.1', port: bench.port, path: pathname + search };
      const by = { method, headers: { host, ...headers }, ca: trust, agent: false } as const;
      const sent = request({ ...to, ...by }, (response) => {
        text(response).then((received) => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers as Record<string, string>,
            body: JSON.parse(received) as T,
          });
        }, reject);
      });
      sent.once('error', reject).end(body);
    });
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  };
}

const clientOptions = (id: string) => ({
  auth: {
    clientId: id,
    authority: `https://127.0.0.1:${bench.port}/${SEED_TENANT_ID}`,
    knownAuthorities: [`127.0.0.1:${bench.port}`],
  },
  system: { networkClient: network(bench.trust), disableInternalRetries: true },
});

function confidential(secret: string = clientSecret): ConfidentialClientApplication {
  visited = [];
  const options = clientOptions(clientId);
  return new ConfidentialClientApplication({ ...options, auth: { ...options.auth, clientSecret: secret } });
}

/** A person at the sign-in page that MSAL's URL leads to; answers what reaches the redirect URI. */
async function signInAt(url: string, login: string): Promise<URLSearchParams> {
  const { pathname, search } = new URL(url);
  const form = { login, passwd: SEED_PASSWORD };
  const { headers } = await ask({ port: bench.port, trust: bench.trust, path: pathname + search, form });
  return new URL(headers.location ?? 'https://nowhere.example').searchParams;
}

async function codeFor(client: ConfidentialClientApplication, login: string) {
  const { challenge, verifier } = await new CryptoProvider().generatePkceCodes();
  const url = await client.getAuthCodeUrl({
    scopes: SCOPES,
    redirectUri,
    state: 'a state',
    nonce: 'a nonce',
    codeChallenge: challenge,
    codeChallengeMethod: 'S256',
  });
  const back = await signInAt(url, login);
  return { code: back.get('code') ?? '', state: back.get('state'), codeVerifier: verifier };
}

describe('@azure/msal-node against Entra ID of the stand-in', () => {
  it('signs a user in by code with PKCE, found through discovery', async () => {
    const client = confidential();
    const { code, state, codeVerifier } = await codeFor(client, 'sales@contoso.example');
    expect(state).toBe('a state');
    const result = await client.acquireTokenByCode({
      code,
      scopes: SCOPES,
      redirectUri,
      codeVerifier,
      nonce: 'a nonce',
    });
    expect(visited).toEqual([
      `/${SEED_TENANT_ID}/v2.0/.well-known/openid-configuration`,
      `/${SEED_TENANT_ID}/oauth2/v2.0/token`,
    ]);
    expect(result.account?.username).toBe('sales@contoso.example');
    expect(result.tenantId).toBe(SEED_TENANT_ID);
    expect(result.scopes).toEqual(SCOPES);
    const claims = await bench.tokens.verify(result.accessToken);
    expect(claims).toMatchObject({
      userName: 'sales@contoso.example',
      audience: 'https://outlook.office.com',
      scopes: ['IMAP.AccessAsUser.All', 'SMTP.Send'],
    });
  });

  it('refreshes, and keeps the new refresh token in its cache', async () => {
    const client = confidential();
    const { code, codeVerifier } = await codeFor(client, 'sales@contoso.example');
    await client.acquireTokenByCode({ code, scopes: SCOPES, redirectUri, codeVerifier, nonce: 'a nonce' });
    const first = refreshTokenIn(client);
    const other = confidential();
    const result = await other.acquireTokenByRefreshToken({
      refreshToken: first,
      scopes: SCOPES,
      forceCache: true,
    });
    expect(result?.account?.username).toBe('sales@contoso.example');
    expect(refreshTokenIn(other)).not.toBe(first);
  });

  it('gives the application its own token', async () => {
    const result = await confidential().acquireTokenByClientCredential({
      scopes: ['https://outlook.office365.com/.default'],
    });
    const claims = await bench.tokens.verify(result?.accessToken ?? '');
    expect(claims).toMatchObject({
      userName: null,
      roles: ['IMAP.AccessAsApp', 'POP.AccessAsApp', 'SMTP.SendAsApp'],
    });
  });

  it('waits for a device code until the person has signed in', async () => {
    visited = [];
    const client = new PublicClientApplication(clientOptions(PUBLIC_CLIENT));
    let signedIn: Promise<unknown> = Promise.resolve();
    const result = await client.acquireTokenByDeviceCode({
      scopes: SCOPES,
      deviceCodeCallback: ({ userCode, verificationUri }) => {
        const form = { otc: userCode, login: 'support@contoso.example', passwd: SEED_PASSWORD };
        const path = new URL(verificationUri).pathname;
        signedIn = ask({ port: bench.port, trust: bench.trust, path, form });
      },
    });
    await signedIn;
    expect(result?.account?.username).toBe('support@contoso.example');
    expect(decodeJwt(result?.accessToken ?? '')['appidacr']).toBe('0');
  });

  it('does not trust an authority that Microsoft’s cloud does not know', async () => {
    visited = [];
    const { auth, system } = clientOptions(PUBLIC_CLIENT);
    const client = new PublicClientApplication({ auth: { ...auth, knownAuthorities: [] }, system });
    const refused = client.getAuthCodeUrl({ scopes: SCOPES, redirectUri });
    // MSAL wraps whatever hinders it here; that it asks nothing more of the authority shows that it was warned.
    await expect(refused).rejects.toThrow('endpoints_resolution_error');
    expect(visited).toEqual(['/common/discovery/instance']);
  });

  it.each([
    ['7000215', 401, 'invalid_client', () => confidential('a secret id')],
    [
      '7000222',
      401,
      'invalid_client',
      () => {
        bench.application.secrets.push({ value: 'old', expiresAt: new Date(0) });
        return confidential('old');
      },
    ],
  ] as const)('reads AADSTS%s as a server error %i %s', async (errorNo, status, errorCode, client) => {
    const refused = client().acquireTokenByClientCredential({
      scopes: ['https://outlook.office365.com/.default'],
    });
    await expect(refused).rejects.toMatchObject({
      name: 'ServerError',
      errorNo: Number(errorNo),
      status,
      errorCode,
    });
  });

  it('reads AADSTS50076 as a demand for a person', async () => {
    const client = confidential();
    const { code, codeVerifier } = await codeFor(client, 'sales@contoso.example');
    bench.faults.set('127.0.0.1', [{ id: 'AADSTS50076', name: 'Sales@Contoso.example' }]);
    const refused = client.acquireTokenByCode({
      code,
      scopes: SCOPES,
      redirectUri,
      codeVerifier,
      nonce: 'a nonce',
    });
    await expect(refused).rejects.toMatchObject({
      name: 'InteractionRequiredAuthError',
      errorNo: 50076,
      subError: 'basic_action',
    });
    bench.faults.set('127.0.0.1', []);
  });
});

function refreshTokenIn(client: ConfidentialClientApplication): string {
  const cache = JSON.parse(client.getTokenCache().serialize()) as {
    RefreshToken: Record<string, { secret: string }>;
  };
  return Object.values(cache.RefreshToken)[0]?.secret ?? '';
}
