import { afterAll, beforeAll, expect, it } from 'vitest';
import { SEED_APPLICATION, SEED_PASSWORD } from '../seed.ts';
import { codeIn, type EntraBench, makeEntraBench, SCOPE } from '../testing/entra-bench.ts';

const PAGE = '/common/oauth2/deviceauth';
const SALES = 'sales@contoso.example';

let bench: EntraBench;
beforeAll(async () => (bench = await makeEntraBench()));
afterAll(() => bench.stop());

async function begin(): Promise<{ userCode: string; poll: () => ReturnType<EntraBench['token']> }> {
  const form = { client_id: SEED_APPLICATION.clientId, scope: SCOPE };
  const { user_code: userCode, device_code: code } = (await bench.post('devicecode', form)).json();
  const grantType = 'urn:ietf:params:oauth:grant-type:device_code';
  return {
    userCode: String(userCode),
    poll: () => bench.token({ grant_type: grantType, device_code: String(code) }),
  };
}

const type = (otc: string, more: Record<string, string> = {}) =>
  bench.get(PAGE, { form: { otc, login: SALES, passwd: SEED_PASSWORD, ...more } });

it('hands out what RFC 8628 asks for, at the host that was called', async () => {
  const form = { client_id: SEED_APPLICATION.clientId, scope: SCOPE };
  const answer = (await bench.post('devicecode', form)).json();
  const page = `https://127.0.0.1:${bench.port}${PAGE}`;
  expect(answer).toMatchObject({ verification_uri: page, expires_in: 900, interval: 5 });
  expect(answer['message']).toContain(String(answer['user_code']));
  expect((await bench.get(PAGE)).body).toContain('name="otc"');
});

it('is pending until the person has signed in, and then good once', async () => {
  const { userCode, poll } = await begin();
  const pending = await poll();
  expect([pending.json()['error'], codeIn(pending)]).toEqual(['authorization_pending', 70016]);
  expect((await type(userCode.toLowerCase())).body).toContain('You have signed in');
  expect((await poll()).json()).toMatchObject({ token_type: 'Bearer' });
  expect(codeIn(await poll())).toBe(54005);
});

it('asks a client that polls too often to slow down', async () => {
  const { poll } = await begin();
  await poll();
  expect((await poll()).json()['error']).toBe('slow_down');
  bench.pass(5_000);
  expect((await poll()).json()['error']).toBe('authorization_pending');
});

it('runs out, for the client and for the person', async () => {
  const { userCode, poll } = await begin();
  bench.pass(900_000);
  const expired = await poll();
  expect([expired.json()['error'], codeIn(expired)]).toEqual(['expired_token', 70019]);
  expect((await type(userCode)).body).toContain('AADSTS70019');
});

it('tells the client that the person has declined', async () => {
  const { userCode, poll } = await begin();
  await type(userCode, { action: 'decline' });
  expect((await poll()).json()['error']).toBe('authorization_declined');
});

it('refuses a wrong user code, a wrong password, a made-up device code', async () => {
  const { userCode, poll } = await begin();
  expect((await type('AAAAAAAAA')).body).toContain('AADSTS70018');
  expect((await type(userCode, { passwd: 'wrong' })).body).toContain('AADSTS50126');
  expect(codeIn(await poll())).toBe(70016);
  const madeUp = await bench.token({ grant_type: 'device_code', device_code: 'made-up' });
  expect(madeUp.json()['error']).toBe('bad_verification_code');
});

it('refuses to begin without scope, for two resources, or at the shared names', async () => {
  const form = { client_id: SEED_APPLICATION.clientId, scope: SCOPE };
  expect(codeIn(await bench.post('devicecode', { ...form, scope: '' }))).toBe(900144);
  const two = `${SCOPE} https://graph.microsoft.com/User.Read`;
  expect(codeIn(await bench.post('devicecode', { ...form, scope: two }))).toBe(700022);
  expect(codeIn(await bench.get('/common/oauth2/v2.0/devicecode', { form }))).toBe(50194);
});
