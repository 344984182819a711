import { afterAll, expect, test } from 'vitest';
import { startHttpProxy } from '../testing/index.ts';
import { makeBench } from '../testing/bench.ts';
import { phasesOf } from '../testing/probe-once.ts';
import { carryOut, CLIENT_SECRET, GRANTS, lease, seenIn } from '../testing/lend.ts';
import type { TokenReply } from '../testing/token-endpoint.ts';
import { granted, startTokenEndpoint } from '../testing/token-endpoint.ts';

const bench = await makeBench();
afterAll(() => bench.stop());

async function order(check: string, lent: ReturnType<typeof lease>, reply: TokenReply) {
  const endpoint = await startTokenEndpoint({ tls: bench.tls }, () => reply);
  const target = { name: 'sales', host: '127.0.0.1', port: endpoint.port, mailbox: lent.userName };
  const carried = await carryOut([{ check, target }], lent, { trust: [bench.ca.certificate] });
  await endpoint.stop();
  return { ...carried, result: carried.results[0], requests: endpoint.requests };
}

const said = (reply: TokenReply) => reply.json as Record<string, string>;

test.concurrent('a code is turned into tokens with exactly one request', async () => {
  const reply = granted();
  const { result, results, obtained, requests } = await order(
    'token.redeem',
    lease('authorization-code'),
    reply,
  );
  expect(results).toHaveLength(1);
  expect(result).toMatchObject({ outcome: 'pass', failure: null });
  expect(phasesOf(result as never)).toEqual(['connect', 'tls', 'token']);
  expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /example.onmicrosoft.com/oauth2/v2.0/token',
  ]);
  const [request] = requests;
  const grant = GRANTS['authorization-code'];
  expect(Object.fromEntries(request?.form ?? [])).toMatchObject({
    grant_type: 'authorization_code',
    client_id: '11111111-2222-3333-4444-555555555555',
    client_secret: CLIENT_SECRET,
    code: grant.code,
    code_verifier: grant.codeVerifier,
    redirect_uri: grant.redirectUri,
  });
  expect([...(request?.form.keys() ?? [])].filter((name) => name.startsWith('x-'))).toEqual([]);
  expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded;charset=utf-8');
  expect(obtained).toEqual([
    {
      accessToken: said(reply)['access_token'],
      refreshToken: said(reply)['refresh_token'],
      expiresAt: expect.any(String) as string,
    },
  ]);
  expect(result?.evidence.token).toMatchObject({
    grant: 'authorization-code',
    status: 200,
    error: null,
    expiresIn: 3_600,
    refreshToken: true,
    correlationId: request?.query.get('client-request-id'),
    scope: said(reply)['scope'],
  });
  expect(result?.evidence.claims).toMatchObject({ user: 'Sales@example.com', userFrom: 'id-token' });
  // What was asked is kept as it was, but for the query, and of the form the names alone.
  expect(result?.evidence.http).toMatchObject({
    request: 'POST /example.onmicrosoft.com/oauth2/v2.0/token',
    parameters: [...(request?.form.keys() ?? [])],
    status: 200,
  });
  const kept = JSON.stringify(result?.evidence.http);
  for (const secret of [CLIENT_SECRET, grant.code, grant.codeVerifier]) expect(kept).not.toContain(secret);
});

test.concurrent('an assertion is sent in place of a secret, and is left in no result', async () => {
  const clientAssertion = 'an-assertion-canary.of-three.parts';
  const lent = lease('authorization-code', { clientSecret: null, clientAssertion });
  const { result, requests } = await order('token.redeem', lent, granted());
  expect(result).toMatchObject({ outcome: 'pass' });
  const form = Object.fromEntries(requests[0]?.form ?? []);
  expect(form).toMatchObject({
    client_assertion: clientAssertion,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  });
  expect(form).not.toHaveProperty('client_secret');
  expect(seenIn(result, [clientAssertion])).toEqual([]);
});

test.concurrent(
  'a refresh hands on the refresh token that came, and the old one where none came',
  async () => {
    const rotated = await order('token.refresh', lease('refresh-token'), granted());
    expect(rotated.requests[0]?.form.get('grant_type')).toBe('refresh_token');
    expect(rotated.requests[0]?.form.get('refresh_token')).toBe(GRANTS['refresh-token'].refreshToken);
    expect(rotated.obtained[0]?.refreshToken).toBe('0.AXsARefreshTokenThatCameWithTheAnswer.canary');
    const kept = await order('token.refresh', lease('refresh-token'), granted({ refresh_token: undefined }));
    expect(kept.result).toMatchObject({ outcome: 'pass', evidence: { token: { refreshToken: false } } });
    expect(kept.obtained[0]?.refreshToken).toBe(GRANTS['refresh-token'].refreshToken);
    expect([rotated.requests.length, kept.requests.length]).toEqual([1, 1]);
  },
);

test.concurrent('a public client refreshes without a secret', async () => {
  const { result, requests } = await order(
    'token.refresh',
    lease('refresh-token', { clientSecret: null }),
    granted(),
  );
  expect(result?.outcome).toBe('pass');
  expect(requests[0]?.form.has('client_secret')).toBe(false);
});

test.concurrent('an application’s own token has no user and no refresh token', async () => {
  const scopes = ['https://outlook.office365.com/.default'];
  const { result, obtained, requests } = await order(
    'token.app-only',
    lease('client-credentials', { scopes }),
    granted({ refresh_token: undefined, id_token: undefined, access_token: 'opaque' }),
  );
  expect(result?.failure).toBeNull();
  expect(requests).toHaveLength(1);
  expect(requests[0]?.form.get('grant_type')).toBe('client_credentials');
  expect(requests[0]?.form.get('scope')).toBe(scopes[0]);
  expect(obtained).toMatchObject([{ accessToken: 'opaque', refreshToken: null }]);
  expect(result?.evidence.claims).toMatchObject({ opaque: true, user: null });
});

test.concurrent('where no Date came the token tells the clock, and not by its iat', async () => {
  const told = async (reply: TokenReply) => {
    const { result } = await order('token.refresh', lease('refresh-token'), reply);
    return result?.evidence.clock;
  };
  expect((await told(granted()))?.source).toBe('http-date');
  const clock = await told({ ...granted(), undated: true });
  expect(clock?.source).toBe('token');
  // The token is dated back by five minutes; its end is not.
  expect(Math.abs(clock?.aheadMs ?? Infinity)).toBeLessThan(60_000);
});

test.concurrent('a proxy carries the request, and never sees what is in it', async () => {
  const endpoint = await startTokenEndpoint({ tls: bench.tls }, () => granted());
  const proxy = await startHttpProxy({});
  const target = { name: 'login', host: '127.0.0.1', port: endpoint.port };
  const { results } = await carryOut([{ check: 'token.refresh', target }], lease('refresh-token'), {
    trust: [bench.ca.certificate],
    proxyFor: () => new URL(`http://127.0.0.1:${proxy.port}`),
  });
  await Promise.all([endpoint.stop(), proxy.stop()]);
  expect(results.map(({ outcome }) => outcome)).toEqual(['pass']);
  expect(phasesOf(results[0] as never)).toEqual(['proxy', 'tls', 'token']);
  expect(proxy.asked).toEqual([`127.0.0.1:${endpoint.port}`]);
  expect(seenIn(proxy.heard(), [GRANTS['refresh-token'].refreshToken, CLIENT_SECRET])).toEqual([]);
});

test.concurrent('nothing secret is in a result, also when the other end says it all again', async () => {
  const lent = lease('authorization-code');
  const grant = GRANTS['authorization-code'];
  const secrets = [grant.code, grant.codeVerifier, CLIENT_SECRET];
  const all = secrets.join(' ');
  const echo = `${all} ${Buffer.from(all).toString('base64')} ${encodeURIComponent(all)}`;
  const replies: TokenReply[] = [
    {
      status: 400,
      json: { error: echo, error_description: `AADSTS70000: ${echo}`, suberror: echo, trace_id: echo },
    },
    { status: 200, headers: { 'content-type': 'text/html' }, body: `<title>${all}</title>${echo}` },
    { status: 200, body: echo },
    { status: 200, body: `{"access_token":"${granted().json ? said(granted())['access_token'] : ''}` },
    granted({ scope: echo }),
  ];
  for (const reply of replies) {
    const { result } = await order('token.redeem', lent, reply);
    expect(seenIn(result, secrets)).toEqual([]);
    expect(JSON.stringify(result)).not.toContain('canary');
    expect(JSON.stringify(result)).not.toContain('eyJ');
  }
});
