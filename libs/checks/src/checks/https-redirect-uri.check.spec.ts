import { afterAll, expect, test } from 'vitest';
import type { FailureCode } from '@mailpath/protocol';
import { CheckResult } from '@mailpath/protocol';
import { runRound } from '../run-round.ts';
import { standardTasks } from '../catalogue.ts';
import { makeBench } from '../testing/bench.ts';
import type { TokenReply } from '../testing/token-endpoint.ts';
import { startTokenEndpoint } from '../testing/token-endpoint.ts';

const bench = await makeBench();
afterAll(() => bench.stop());

const URI = 'https://ece.example.com/system/CallBack';
const AUTHORIZE = {
  tenant: 'example.onmicrosoft.com',
  clientId: '11111111-2222-3333-4444-555555555555',
  redirectUri: URI,
  scope: 'https://outlook.office.com/SMTP.Send offline_access',
};

async function asked(reply: TokenReply) {
  const endpoint = await startTokenEndpoint({ tls: bench.tls }, () => reply);
  const target = { name: 'login', host: '127.0.0.1', port: endpoint.port };
  const [result] = await runRound([{ check: 'https.redirect-uri', target, authorize: AUTHORIZE }], {
    roundDeadlineMs: 10_000,
    checkDeadlineMs: 5_000,
    trust: [bench.ca.certificate],
  });
  await endpoint.stop();
  return { result: CheckResult.parse(result), requests: endpoint.requests };
}

const to = (location: string): TokenReply => ({ status: 302, headers: { location } });
const back = (error: string, description: string) =>
  to(
    `${URI}?${new URLSearchParams({ error, error_description: description, state: 'mailpath' }).toString()}`,
  );
const page = (status: number, body: string): TokenReply => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body,
});
const script = (text: string) =>
  page(200, `<!DOCTYPE html><script>$Config={"strServiceExceptionMessage":"${text}","x":1}</script>`);

test.concurrent.each([
  [
    'login_required',
    'AADSTS50058: A silent sign-in request was sent but no user is signed in.\r\nTrace ID: x',
    50058,
  ],
  ['interaction_required', 'AADSTS50058: Session information is not sufficient.', 50058],
  ['consent_required', 'AADSTS65001: Not consented.', 65001],
  ['some_error', 'AADSTS50058: Nobody.', 50058],
])('%s at the redirect URI shows that it is registered', async (error, description, aadsts) => {
  const { result, requests } = await asked(back(error, description));
  expect(result).toMatchObject({ outcome: 'pass', failure: null });
  expect(result.evidence.http).toMatchObject({
    request: 'GET /example.onmicrosoft.com/oauth2/v2.0/authorize',
    parameters: expect.arrayContaining(['client_id', 'redirect_uri', 'scope', 'prompt']) as string[],
  });
  expect(result.evidence.redirect).toEqual({
    redirectUri: URI,
    status: 302,
    error,
    aadsts,
    description: description.split('\r\n')[0],
  });
  expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /example.onmicrosoft.com/oauth2/v2.0/authorize',
  ]);
  expect(Object.fromEntries(requests[0]?.query ?? [])).toMatchObject({
    client_id: AUTHORIZE.clientId,
    response_type: 'code',
    redirect_uri: URI,
    prompt: 'none',
  });
});

test.concurrent('a code that comes without a sign-in passes and is kept nowhere', async () => {
  const { result } = await asked(to(`${URI}?code=canary-code-0123456789`));
  expect(result.outcome).toBe('pass');
  expect(JSON.stringify(result)).not.toContain('canary');
});

const REFUSED: [string, TokenReply, FailureCode, number | null, RegExp][] = [
  [
    'a redirect URI that does not match',
    script(
      'AADSTS50011: The redirect URI \\u0027https://x\\u0027 specified in the request does not match. Trace ID: 1',
    ),
    'denied',
    50011,
    /does not know the redirect URI https:\/\/ece\.example\.com\/system\/CallBack: AADSTS50011: The redirect URI 'https:\/\/x' specified in the request does not match\.$/,
  ],
  [
    'none registered',
    page(400, '<p>AADSTS500113: No reply address is registered.</p>'),
    'denied',
    500113,
    /does not know the redirect URI/,
  ],
  [
    'no reply address',
    script('AADSTS900971: No reply address provided.'),
    'denied',
    900971,
    /does not know the redirect URI/,
  ],
  [
    'an application of another tenant',
    script('AADSTS700016: Application not found.'),
    'denied',
    700016,
    /refused to be asked for a code: AADSTS700016/,
  ],
  [
    'an unknown tenant',
    page(404, '<p>AADSTS90002: Tenant not found.</p>'),
    'denied',
    90002,
    /AADSTS90002: Tenant not found\.$/,
  ],
  [
    'an error at the redirect URI',
    back('unauthorized_client', 'AADSTS700054: Not enabled.'),
    'denied',
    700054,
    /sent an error to https:\/\/ece.*: unauthorized_client: AADSTS700054/,
  ],
  [
    'a service that cannot now',
    back('temporarily_unavailable', 'AADSTS90033: Later.'),
    'unavailable',
    90033,
    /temporarily_unavailable/,
  ],
  ['a throttled tenant', script('AADSTS90055: Too many requests.'), 'throttled', 90055, /AADSTS90055/],
  [
    '429',
    { status: 429, headers: { 'retry-after': '5' } },
    'throttled',
    null,
    /asked to slow down: HTTP 429 and asks to wait 5 s$/,
  ],
  ['503', { status: 503 }, 'unavailable', null, /answered HTTP 503$/],
  [
    'a proxy’s page',
    page(200, '<title>Corp proxy</title>'),
    'unexpected-reply',
    null,
    /an HTML page titled "Corp proxy", not an answer of the authorize endpoint/,
  ],
  [
    'a redirect elsewhere',
    to('https://proxy.example/login?url=secret'),
    'unexpected-reply',
    null,
    /redirected to https:\/\/proxy\.example\/login where https:\/\/ece/,
  ],
  [
    'a redirect to another path',
    to('https://ece.example.com/system/callback?error=login_required'),
    'unexpected-reply',
    null,
    /redirected to/,
  ],
  [
    'an answer that says nothing',
    { status: 200 },
    'unexpected-reply',
    null,
    /HTTP 200 without a redirect and without a reason$/,
  ],
];
test.concurrent.each(REFUSED)('%s', async (_, reply, code, aadsts, message) => {
  const { result } = await asked(reply);
  expect(result.failure).toMatchObject({ phase: 'http', code });
  expect(result.failure?.message).toMatch(message);
  expect(result.evidence.redirect?.aadsts).toBe(aadsts);
});

test.concurrent(
  'it is in no standing assignment, and is skipped where it is not told what to ask',
  async () => {
    expect(standardTasks('worldwide').map(({ check }) => check)).not.toContain('https.redirect-uri');
    const target = { name: 'login', host: '127.0.0.1', port: 1 };
    const limits = { roundDeadlineMs: 5_000, checkDeadlineMs: 5_000 };
    const [bare] = await runRound([{ check: 'https.redirect-uri', target }], limits);
    expect(bare?.reason).toBe(
      'https.redirect-uri needs tenant, client id, redirect URI and scope to ask with, and the task has none',
    );
    const [unlent] = await runRound([{ check: 'token.refresh', target }], limits);
    expect(unlent?.reason).toBe('token.refresh signs in, and nothing was lent to sign in with');
  },
);
