import { randomUUID } from 'node:crypto';
import type { RunOrder, Task, TokenClaims } from '@mailpath/protocol';
import request from 'supertest';
import type { RunningApi } from './api.ts';
import { createSite, resultOf, type ScriptedAgent } from './scripted-agent.ts';

export const TENANT = 'contoso.onmicrosoft.com';
export const CLIENT_ID = '6731de76-14a6-49ae-97bc-6eba6914391e';
/** Recognisable wherever it turns up. */
export const CLIENT_SECRET = 'secret~value~of~the~application~8Q';

/** Requests with the key of the API. */
export const client = (api: RunningApi) => request.agent(api.server).auth(api.apiKey, { type: 'bearer' });

/** A site that is ready for sign-ins; `changes` are fields of the site. */
export async function createMailSite(api: RunningApi, changes: object = {}): Promise<string> {
  const siteId = await createSite(api, {
    name: `mail ${randomUUID()}`,
    tenant: TENANT,
    clientId: CLIENT_ID,
    inboundProtocol: 'imap',
    mailboxEverySeconds: null,
    ...changes,
  });
  await client(api).put(`/v1/sites/${siteId}/client-secret`).send({ secret: CLIENT_SECRET }).expect(204);
  return siteId;
}

export async function addMailbox(
  api: RunningApi,
  siteId: string,
  address: string,
  changes: object = {},
): Promise<void> {
  await client(api)
    .post(`/v1/sites/${siteId}/mailboxes`)
    .send({ address, ...changes })
    .expect(201);
}

/** Tokens as an agent hands them in; the texts are recognisable wherever they turn up. */
export const tokensFor = (order: RunOrder, name: string) => ({
  leaseId: order.lease?.id,
  refreshToken: `refresh-token-of-${name}`,
  accessToken: `access-token-of-${name}`,
  expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
});

/** A sign-in by browser, on its way to Entra. */
export interface StartedSignIn {
  id: string;
  /** Of the address at Entra. */
  parameters: URLSearchParams;
  url: URL;
  /** The Cookie header of the browser that started it; empty where the address of Entra was given out itself. */
  cookie: string;
}

/** Starts a sign-in by browser, and goes on to Entra's address. */
export async function startSignIn(
  api: RunningApi,
  siteId: string,
  userName: string,
  serverId: string,
  changes: object = {},
): Promise<StartedSignIn> {
  const { body } = await client(api)
    .post(`/v1/sites/${siteId}/sign-ins`)
    .send({ userName, serverId, ...changes })
    .expect(201);
  const id = body.id as string;
  if (body.startUrl === null) {
    const url = new URL(body.authorizeUrl as string);
    return { id, parameters: url.searchParams, url, cookie: '' };
  }
  const { location, cookie } = await goOn(api, body.startUrl as string);
  const url = new URL(location);
  return { id, parameters: url.searchParams, url, cookie };
}

/** Opens the page at which a sign-in starts, and presses its button. */
export async function goOn(
  api: RunningApi,
  startUrl: string,
): Promise<{ page: string; location: string; cookie: string }> {
  const { pathname, search } = new URL(startUrl);
  const page = await request(api.server).get(`${pathname}${search}`).expect(200);
  const [set = ''] = page.get('set-cookie') ?? [];
  const [cookie = ''] = set.split(';');
  const gone = await request(api.server)
    .post(`${pathname}${search}`)
    .type('form')
    .set('cookie', cookie)
    .expect(303);
  return { page: page.text, location: gone.get('location') ?? '', cookie };
}

/** A browser comes back from Entra: the one that started the sign-in, if its cookie is given. */
export const comeBack = (api: RunningApi, query: Record<string, string>, cookie = '') =>
  request(api.server)
    .get('/v1/sign-ins/callback')
    .query(query)
    .set(cookie === '' ? {} : { cookie });

/** What a token of this user says of itself, where nothing but the id token can be read. */
export const claimsOf = (user: string, changes: Partial<TokenClaims> = {}): TokenClaims => ({
  user,
  userFrom: 'id-token',
  opaque: true,
  aud: null,
  scp: null,
  roles: [],
  tid: null,
  appid: null,
  oid: null,
  iss: null,
  ver: null,
  idtyp: null,
  idp: null,
  amr: [],
  appidacr: null,
  iat: null,
  nbf: null,
  exp: null,
  ...changes,
});

const isUsersToken = (check: string): boolean => check.startsWith('token.') && check !== 'token.app-only';

/** Answers every task of an order, as `change` says; tokens are the user's own where it says nothing. */
export async function answer(
  agent: ScriptedAgent,
  order: RunOrder,
  change: (task: Task) => object = () => ({}),
): Promise<void> {
  await agent.deliver(
    order.tasks.map(({ check, target }) => ({
      sequence: agent.nextSequence(),
      runId: order.runId,
      result: resultOf({
        check,
        target,
        ...(isUsersToken(check) && { evidence: { claims: claimsOf(target.mailbox ?? '') } }),
        ...change({ check, target }),
      }),
    })),
  );
}

/** The whole journey to a credential, by way of the given application server. */
export async function signIn(
  api: RunningApi,
  siteId: string,
  userName: string,
  agent: ScriptedAgent,
  serverId: string,
): Promise<void> {
  const { parameters, cookie } = await startSignIn(api, siteId, userName, serverId);
  const query = { state: parameters.get('state') ?? '', code: `code-of-${userName}` };
  await comeBack(api, query, cookie).expect(200);
  const order = await agent.next('run');
  agent.send('tokens', tokensFor(order, userName));
  await answer(agent, order);
}

/** Everything that lies in the database, as text: rows as they are, and bytes as the text that they would be. */
export async function dump(api: RunningApi): Promise<string> {
  const tables = await api.database.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
  );
  const parts: string[] = [];
  for (const { name } of tables) {
    const rows = await api.database.query<Record<string, unknown>>(`select * from ${name}`);
    for (const row of rows)
      for (const value of Object.values(row))
        parts.push(Buffer.isBuffer(value) ? value.toString('latin1') : (JSON.stringify(value) ?? ''));
  }
  return parts.join('\n');
}
