import { readFileSync, writeFileSync } from 'node:fs';
import { vi } from 'vitest';
import type { TestProxy } from '@mailpath/checks/testing';
import { agentFilePath } from '../../apps/agent/src/agent-file.ts';
import { SEED_APPLICATION } from '../../apps/stand-in/src/seed.ts';
import { ask } from '../../apps/stand-in/src/testing/https-client.ts';
import type { CanaryApi } from './canary-api.ts';
import { type CanarySite, LOGIN, SALES } from './canary-site.ts';
import { formsOf } from './canaries.ts';
import type { OtherAnswer } from './hearing-relay.ts';
import type { RealAgent } from './real-agent.ts';

/** Opens the page at which a sign-in starts, and goes on; answers Entra's address, and the cookie of the browser. */
export async function goOn(
  { api, canaries }: Pick<CanarySite, 'api' | 'canaries'>,
  startUrl: string,
): Promise<{ authorizeUrl: string; cookie: string }> {
  const { pathname, search, searchParams } = new URL(startUrl);
  canaries.add('sign-in ticket', searchParams.get('ticket') ?? '');
  const page = await fetch(new URL(`${pathname}${search}`, api.url));
  const [cookie = ''] = (page.headers.get('set-cookie') ?? '').split(';');
  canaries.add('sign-in cookie', cookie.slice(cookie.indexOf('=') + 1));
  const gone = await fetch(new URL(`${pathname}${search}`, api.url), {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
  });
  const authorizeUrl = gone.headers.get('location');
  if (authorizeUrl === null) throw new Error(`the sign-in does not start: ${await gone.text()}`);
  return { authorizeUrl, cookie };
}

/** Signs in on the page as the person does; answers where the browser is sent then. */
export async function signInOnPage(
  { relay, standIn, canaries, api, trust }: CanarySite,
  authorizeUrl: string,
): Promise<URL> {
  const { pathname, search, searchParams } = new URL(authorizeUrl);
  canaries.add('state', searchParams.get('state') ?? '');
  const answer = await ask({
    port: relay.port,
    trust,
    host: LOGIN,
    path: `${pathname}${search}`,
    form: { login: SALES, passwd: standIn.directory.user(SALES)?.password ?? '' },
  });
  return new URL(answer.headers.location ?? '', api.url);
}

/** Starts a sign-in by browser, and comes back with the code; answers the sign-in as it ended. */
export async function signIn(site: CanarySite): Promise<{ id: string; state: string; back: URL }> {
  const { api, siteId, agents } = site;
  const path = `/v1/sites/${siteId}/sign-ins`;
  const { id, startUrl } = await api.expect<{ id: string; startUrl: string }>(201, 'POST', path, {
    userName: SALES,
    serverId: agents.application.serverId,
  });
  const { authorizeUrl, cookie } = await goOn(site, startUrl);
  const back = await signInOnPage(site, authorizeUrl);
  const page = await api.call('GET', `${back.pathname}${back.search}`, undefined, { cookie });
  if (page.status !== 200) throw new Error(`the way back was answered ${page.status}: ${page.text}`);
  const { state } = await ended(api, `${path}/${id}`);
  return { id, state, back };
}

/** Starts a sign-in by browser, from which the browser comes back with a refusal that repeats the state. */
export async function refusedSignIn({
  api,
  siteId,
  agents,
  canaries,
}: CanarySite): Promise<{ state: string }> {
  const path = `/v1/sites/${siteId}/sign-ins`;
  const { id, startUrl } = await api.expect<{ id: string; startUrl: string }>(201, 'POST', path, {
    userName: SALES,
    serverId: agents.application.serverId,
  });
  const { authorizeUrl, cookie } = await goOn({ api, canaries }, startUrl);
  const state = new URL(authorizeUrl).searchParams.get('state') ?? '';
  canaries.add('state', state);
  const query = new URLSearchParams({
    state,
    error: 'x',
    error_description: `AADSTS90014: ${state} is wrong`,
  });
  await api.call('GET', `/v1/sign-ins/callback?${query.toString()}`, undefined, { cookie });
  return ended(api, `${path}/${id}`);
}

/** Signs in with a device code, as the person does who types it; the registration is a public one meanwhile. */
export async function signInByDeviceCode(site: CanarySite): Promise<{ state: string }> {
  const { api, siteId, agents, relay, trust, standIn } = site;
  const application = standIn.directory.application(SEED_APPLICATION.clientId);
  if (!application) throw new Error('the stand-in has another example');
  application.platform = 'public';
  const { id } = await api.expect(201, 'POST', `/v1/sites/${siteId}/sign-ins`, {
    userName: SALES,
    serverId: agents.application.serverId,
    flow: 'device-code',
  });
  const path = `/v1/sites/${siteId}/sign-ins/${id}`;
  const otc = await vi.waitFor(
    async () => {
      const code = (await api.call('GET', path)).body<{ userCode: string | null }>().userCode;
      if (code === null) throw new Error('no user code yet');
      return code;
    },
    { timeout: 120_000, interval: 100 },
  );
  const form = { otc, login: SALES, passwd: standIn.directory.user(SALES)?.password ?? '' };
  await ask({ port: relay.port, trust, path: '/common/oauth2/deviceauth', form });
  const signedIn = await ended(api, path);
  application.platform = 'web';
  return signedIn;
}

/** Waits until a sign-in or a run is over. */
export async function ended(api: CanaryApi, path: string): Promise<{ state: string }> {
  return vi.waitFor(
    async () => {
      const one = (await api.call('GET', path)).body();
      if (!['done', 'failed', 'expired'].includes(one.state)) throw new Error(`still ${one.state}: ${path}`);
      return one;
    },
    { timeout: 120_000, interval: 100 },
  );
}

/** Asks for a run, with nobody left alone for what went wrong before. */
export async function begin({ api, siteId }: CanarySite, checks?: readonly string[]): Promise<string> {
  await api.database.query('delete from credential_holds');
  await api.database.query('delete from mailbox_holds');
  const { id } = await api.expect(202, 'POST', `/v1/sites/${siteId}/runs`, checks ? { checks } : {});
  return id;
}

/**
 * The same, to its end; answers by check how it went: `pass`, `skipped` or the code of a failure, and all of them in
 * order.
 */
export async function run(site: CanarySite, checks?: readonly string[]): Promise<Record<string, string>> {
  const { api, siteId } = site;
  const id = await begin(site, checks);
  await ended(api, `/v1/sites/${siteId}/runs/${id}`);
  await api.ordersOver(id);
  const path = `/v1/sites/${siteId}/results?limit=500&runId=${id}`;
  const { items } = await api.expect<{ items: { result: Result }[] }>(200, 'GET', path);
  const told: Record<string, Set<string>> = {};
  for (const { result } of items)
    (told[result.check] ??= new Set()).add(result.failure?.code ?? result.outcome);
  return Object.fromEntries(Object.entries(told).map(([check, all]) => [check, [...all].sort().join(' ')]));
}

/** Waits until both agents have joined the API as it runs now. */
export async function connected({ api, siteId }: CanarySite): Promise<void> {
  await vi.waitFor(
    async () => {
      const { text } = await api.call('GET', `/v1/sites/${siteId}/servers`);
      if (text.match(/"state":"connected"/g)?.length !== 2) throw new Error(`not both connected: ${text}`);
    },
    { timeout: 120_000, interval: 100 },
  );
}

interface Result {
  check: string;
  outcome: string;
  failure: { phase: string; code: string; message: string } | null;
}

/** Lets the site sign in to the mail servers that repeat everything; answers the targets of before. */
export async function moveToEcho({ api, siteId, echo }: CanarySite): Promise<object> {
  const path = `/v1/sites/${siteId}`;
  // A mailbox is signed in to a few times a minute only, so there are many.
  for (let nth = 1; nth <= 8; nth += 1) {
    const address = `box${nth}@contoso.example`;
    await api.expect(201, 'POST', `${path}/mailboxes`, { address, userName: SALES });
  }
  const { targets } = await api.expect<{ targets: object }>(200, 'GET', path);
  const { imap, pop3, smtp } = echo.targets;
  await api.expect(200, 'PATCH', path, { targets: { ...targets, imap, pop3, smtp } });
  return targets;
}

/** Writes another proxy into agent.json, as the administrator of the machine does, and starts the agent anew. */
export async function moveToProxy(agent: RealAgent, from: TestProxy, to: TestProxy): Promise<void> {
  await agent.kill();
  const file = agentFilePath(agent.stateDir);
  writeFileSync(file, readFileSync(file, 'utf8').replace(`127.0.0.1:${from.port}`, `127.0.0.1:${to.port}`));
  await agent.start();
}

/** Answers to a token request that hold what was sent, each with the code of the failure that it makes. */
export const REPEATING: readonly [code: string, answer: (form: URLSearchParams) => OtherAnswer][] = [
  ...[0, 3, 5, 6, 7, 8, 10].map((nth): [string, (form: URLSearchParams) => OtherAnswer] => [
    'denied',
    (form) => refusal(`AADSTS7000215: Invalid client secret ${said(form, nth)} provided. Trace ID: 1`),
  ]),
  ['denied', (form) => refusal(`AADSTS7000222: ${'x'.repeat(480)}${said(form, 0)}`)],
  [
    'denied',
    (form) =>
      refusal('AADSTS7000222: no', {
        suberror: said(form, 0),
        correlation_id: said(form, 5),
        trace_id: said(form, 8),
      }),
  ],
  ['unexpected-reply', (form) => page(`<title>Blocked: ${said(form, 0)}</title>`)],
  ['unexpected-reply', (form) => page(`<h1>Blocked</h1>${form.toString()}`)],
  ['unexpected-reply', (form) => ({ status: 200, body: `{"access_token":"${said(form, 0)}","expires_in":` })],
  [
    'unexpected-reply',
    (form) => ({
      status: 418,
      body: said(form, 5),
      headers: { location: `https://a.example/${said(form, 0)}` },
    }),
  ],
  [
    'unavailable',
    (form) => ({
      status: 503,
      body: '',
      headers: { 'x-ms-request-id': said(form, 0), 'retry-after': said(form, 8) },
    }),
  ],
];

/** Everything secret of a request in one of the forms that it may take. */
function said(form: URLSearchParams, nth: number): string {
  return ['client_secret', 'refresh_token', 'code', 'code_verifier']
    .flatMap((name) => form.get(name) ?? [])
    .map((secret) => [...formsOf(Buffer.from(secret))].at(nth % formsOf(Buffer.from(secret)).size))
    .join(' ');
}

const refusal = (description: string, more: object = {}): OtherAnswer => ({
  status: 401,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ error: 'invalid_client', error_description: description, ...more }),
});

const page = (body: string): OtherAnswer => ({ status: 200, headers: { 'content-type': 'text/html' }, body });
