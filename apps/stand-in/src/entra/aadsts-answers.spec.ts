import { afterAll, beforeAll, expect, it } from 'vitest';
import { codeIn, type EntraBench, makeEntraBench } from '../testing/entra-bench.ts';
import { AADSTS_ANSWERS } from './aadsts-answers.ts';

let bench: EntraBench;
beforeAll(async () => (bench = await makeEntraBench()));
afterAll(() => bench.stop());

const answers = [...AADSTS_ANSWERS.values()];

it('gives every code of the token endpoint as its fault is switched on', async () => {
  for (const { code, error, status, suberror } of answers.filter(({ page }) => !page)) {
    bench.faults.set('127.0.0.1', [{ id: `AADSTS${code}` }]);
    const answer = await bench.token({ grant_type: 'client_credentials' });
    expect([code, answer.status, codeIn(answer)]).toEqual([code, status, code]);
    expect(answer.json()).toMatchObject({ error, ...(suberror === undefined ? {} : { suberror }) });
  }
});

it('shows every code of the sign-in page to the browser, and none of them at the token endpoint', async () => {
  for (const { code } of answers.filter(({ page }) => page)) {
    bench.faults.set('127.0.0.1', [{ id: `AADSTS${code}` }]);
    const page = await bench.get(bench.authorizePath());
    expect(page.body + (page.headers.location ?? '')).toContain(`AADSTS${code}`);
    expect(codeIn(await bench.token({}))).toBe(900144);
  }
});

it('says an error in the words and members of Entra ID', async () => {
  bench.faults.set('127.0.0.1', [{ id: 'AADSTS90055', retryAfterSeconds: 7 }]);
  const id = '01234567-89ab-4cde-8f01-23456789abcd';
  const answer = await bench.token({}, { headers: { 'client-request-id': id } });
  const { timestamp, trace_id: traceId } = answer.json();
  expect([answer.status, answer.headers['retry-after']]).toEqual([429, '7']);
  expect(timestamp).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/);
  expect(answer.json()).toEqual({
    error: 'temporarily_unavailable',
    error_description: `AADSTS90055: Tenant request is throttled due to too many requests. Trace ID: ${String(traceId)} Correlation ID: ${id} Timestamp: ${String(timestamp)}`,
    error_codes: [90055],
    timestamp,
    trace_id: traceId,
    correlation_id: id,
    error_uri: 'https://login.microsoftonline.com/error?code=90055',
  });
});

it.each([
  ['HTML-PAGE', 200, undefined],
  ['HTTP-407', 407, undefined],
  ['HTTP-503', 503, '9'],
  ['HTTP-429', 429, '9'],
])('lets something in between answer with %s', async (id, status, retryAfter) => {
  bench.faults.set('127.0.0.1', [{ id, retryAfterSeconds: 9 }]);
  const answer = await bench.token({ grant_type: 'client_credentials' });
  expect([answer.status, answer.headers['retry-after']]).toEqual([status, retryAfter]);
  expect(answer.headers['content-type']).toContain('text/html');
});

it('refuses one user and serves the next', async () => {
  bench.faults.set('127.0.0.1', [{ id: 'AADSTS53003', name: 'sales@contoso.example' }]);
  const codeOf = async (user: string) => (await bench.signIn(user)).get('code') ?? '';
  const refused = await bench.redeem(await codeOf('sales@contoso.example'));
  expect(codeIn(refused)).toBe(53003);
  expect((await bench.redeem(await codeOf('support@contoso.example'))).status).toBe(200);
});
