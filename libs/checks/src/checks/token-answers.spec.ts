import { afterAll, expect, test } from 'vitest';
import type { FailureCode, Phase } from '@mailpath/protocol';
import { makeBench } from '../testing/bench.ts';
import { carryOut, lease } from '../testing/lend.ts';
import { close, closedPort, flood, listen, selfSigned, stall } from '../testing/index.ts';
import type { TokenReply } from '../testing/token-endpoint.ts';
import { granted, refusal, startTokenEndpoint } from '../testing/token-endpoint.ts';

const bench = await makeBench();
afterAll(() => bench.stop());

async function refreshedAt(port: number, checkDeadlineMs = 45_000) {
  const target = { name: 'sales', host: '127.0.0.1', port };
  const { results, obtained } = await carryOut([{ check: 'token.refresh', target }], lease('refresh-token'), {
    trust: [bench.ca.certificate],
    checkDeadlineMs,
  });
  return { results, obtained, result: results[0] };
}

async function answered(reply: TokenReply) {
  const endpoint = await startTokenEndpoint({ tls: bench.tls }, () => reply);
  const came = await refreshedAt(endpoint.port);
  await endpoint.stop();
  return { ...came, endpoint };
}

const REFUSALS: [string, number, FailureCode][] = [
  ['invalid_client', 7000215, 'denied'],
  ['invalid_client', 7000222, 'denied'],
  ['invalid_client', 7000218, 'denied'],
  ['unauthorized_client', 700016, 'denied'],
  ['invalid_request', 90002, 'denied'],
  ['invalid_grant', 65001, 'denied'],
  ['invalid_grant', 70008, 'denied'],
  ['invalid_grant', 700082, 'denied'],
  ['invalid_grant', 50173, 'denied'],
  ['invalid_grant', 53003, 'denied'],
  ['invalid_grant', 700084, 'denied'],
  ['interaction_required', 50076, 'denied'],
  ['invalid_scope', 70011, 'denied'],
  ['access_denied', 50105, 'denied'],
  ['a_word_of_tomorrow', 999999999, 'denied'],
  ['invalid_grant', 50196, 'throttled'],
  ['temporarily_unavailable', 90055, 'throttled'],
  ['slow_down', 70016, 'throttled'],
  ['temporarily_unavailable', 90006, 'unavailable'],
  ['invalid_grant', 50000, 'unavailable'],
  ['server_error', 90033, 'unavailable'],
];
test.concurrent.each(REFUSALS)(
  '%s with AADSTS%i is %s, asked once and kept in full',
  async (error, aadsts, code) => {
    const reply = refusal(error, aadsts, 'The request was refused for a reason.', {
      suberror: 'basic_action',
    });
    const { result, results, obtained, endpoint } = await answered(reply);
    expect([results.length, endpoint.requests.length, obtained.length]).toEqual([1, 1, 0]);
    expect(result).toMatchObject({
      outcome: code === 'throttled' ? 'throttled' : 'fail',
      failure: { phase: 'token', code },
    });
    expect(result?.failure?.message).toContain(`127.0.0.1:${endpoint.port} `);
    expect(result?.failure?.message).toMatch(
      new RegExp(`: ${error}: AADSTS${aadsts}: The request was refused for a reason\\.$`),
    );
    expect(result?.evidence.token).toEqual({
      grant: 'refresh-token',
      status: reply.status,
      error,
      aadsts,
      suberror: 'basic_action',
      description: `AADSTS${aadsts}: The request was refused for a reason.`,
      correlationId: '5a7d9c11-2f44-4d8e-9c55-6b1f0e2d3c4b',
      traceId: '0b34fe00-7f4c-4c3e-a2a1-0c7d5e3b1a00',
      timestamp: '2026-11-25 01:02:03Z',
      retryAfter: null,
      refreshToken: false,
    });
  },
);

const page = (status: number, title: string): TokenReply => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: `<html><head><title>${title}</title></head></html>`,
});
const ANSWERS: [string, TokenReply, FailureCode, RegExp][] = [
  [
    'a proxy’s page',
    page(200, 'Corp proxy'),
    'unexpected-reply',
    /an HTML page titled "Corp proxy", not an answer to a token request/,
  ],
  ['a proxy’s block page', page(403, 'Blocked'), 'unexpected-reply', /HTTP 403 with a web page/],
  ['a proxy’s sign-in page', page(407, 'Sign in'), 'unexpected-reply', /HTTP 407 with a web page/],
  ['407 alone', { status: 407 }, 'unexpected-reply', /HTTP 407, with which a proxy in the way asks/],
  [
    '429',
    { status: 429, headers: { 'retry-after': '17' } },
    'throttled',
    /asked to slow down: HTTP 429 and asks to wait 17 s$/,
  ],
  [
    '429 with JSON',
    { ...refusal('invalid_request', 90055, 'Too many.'), status: 429, headers: { 'retry-after': '17' } },
    'throttled',
    /asked to slow down: invalid_request: AADSTS90055: Too many\. and asks to wait 17 s$/,
  ],
  [
    '503',
    { status: 503, headers: { 'retry-after': '9' } },
    'unavailable',
    /answered HTTP 503 and asks to wait 9 s$/,
  ],
  [
    '500 with JSON',
    { ...refusal('invalid_grant', 1, 'Odd.'), status: 500 },
    'unavailable',
    /could not answer the token request now: invalid_grant: AADSTS1: Odd\.$/,
  ],
  ['nothing', {}, 'unexpected-reply', /HTTP 200 without a body$/],
  ['a megabyte', { body: 'x'.repeat(1_048_576) }, 'unexpected-reply', /a body longer than any answer/],
  [
    'a text',
    { body: 'It works!' },
    'unexpected-reply',
    /answered "It works!" where a JSON object was expected$/,
  ],
  ['a list', { json: [1] }, 'unexpected-reply', /answered "\[1\]" where a JSON object was expected$/],
  ['JSON with 403', { status: 403, json: {} }, 'unexpected-reply', /HTTP 403 with JSON that names no error$/],
  [
    'an error that is no text',
    { status: 400, json: { error: { code: 1 } } },
    'unexpected-reply',
    /whose "error" is no text$/,
  ],
  ['an empty object', { json: {} }, 'unexpected-reply', /whose "access_token" is no text of 1 to 16384/],
  [
    'a token that is a number',
    granted({ access_token: 7 }),
    'unexpected-reply',
    /whose "access_token" is no text/,
  ],
  [
    'a token beyond measure',
    granted({ access_token: 'x'.repeat(20_000) }),
    'unexpected-reply',
    /whose "access_token" is no text/,
  ],
  [
    'a life that is no number',
    granted({ expires_in: 'soon' }),
    'unexpected-reply',
    /whose "expires_in" is no number of seconds$/,
  ],
  [
    'a life without end',
    granted({ expires_in: 1e300 }),
    'unexpected-reply',
    /whose "expires_in" is no number of seconds$/,
  ],
  [
    'a refresh token that is a list',
    granted({ refresh_token: [] }),
    'unexpected-reply',
    /whose "refresh_token" is no text/,
  ],
  [
    'an id token that is none',
    granted({ id_token: 'a.b.c' }),
    'unexpected-reply',
    /with tokens that cannot be used \(token_parsing_error\)$/,
  ],
];
test.concurrent.each(ANSWERS)('%s instead of tokens', async (_, reply, code, message) => {
  const { result, results, obtained, endpoint } = await answered(reply);
  expect(result?.failure).toMatchObject({ phase: 'token', code });
  expect(result?.failure?.message).toMatch(message);
  expect([results.length, endpoint.requests.length, obtained.length]).toEqual([1, 1, 0]);
  expect(result?.evidence.token?.status).toBe(reply.status ?? 200);
  expect(result?.evidence.token?.retryAfter).toBe(reply.headers?.['retry-after'] ?? null);
});

const tls = bench.tls;
const PATHS: [string, () => Promise<number>, Phase, FailureCode, number][] = [
  ['nobody listens', () => closedPort(), 'connect', 'refused', 2],
  [
    'nobody signed the certificate',
    async () => at({ tls: await selfSigned(['127.0.0.1']) }, close),
    'tls',
    'untrusted',
    2,
  ],
  ['the other end is silent', () => at({ tls }, stall), 'token', 'timeout', 1],
  ['the other end hangs up', () => at({ tls }, close), 'token', 'closed', 1],
  [
    'the other end speaks no HTTP',
    () => at({ tls }, flood('* OK IMAP4 ready\r\n')),
    'token',
    'unexpected-reply',
    1,
  ],
];
async function at(...place: Parameters<typeof listen>): Promise<number> {
  const listener = await listen(...place);
  stops.push(listener.stop);
  return listener.port;
}
const stops: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(stops.map((stop) => stop())));

test.concurrent.each(PATHS)(
  'where %s the cause is told as it is, never as MSAL’s',
  async (_, start, phase, code, looks) => {
    // Only what is silent uses up its time.
    const { results } = await refreshedAt(await start(), code === 'timeout' ? 3_000 : 45_000);
    for (const { failure } of results) {
      expect(failure).toMatchObject({ phase, code });
      expect(failure?.message).not.toContain('network_error');
    }
    expect(results.map(({ repeats }) => repeats)).toEqual([null, results[0]?.id].slice(0, looks));
  },
);
