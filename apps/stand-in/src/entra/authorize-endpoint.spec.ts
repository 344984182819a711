import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SEED_APPLICATION, SEED_PASSWORD } from '../seed.ts';
import { type EntraBench, makeEntraBench } from '../testing/entra-bench.ts';
import { whyNotRegistrable } from './redirect-uri.ts';

const SALES = 'sales@contoso.example';
const { redirectUri } = SEED_APPLICATION;

let bench: EntraBench;
beforeAll(async () => (bench = await makeEntraBench()));
afterAll(() => bench.stop());
beforeEach(() => {
  bench.faults.set('127.0.0.1', []);
  bench.application.redirectUris = [redirectUri];
});

const sent = (location: string | undefined) => new URL(location ?? 'https://nowhere.example').searchParams;

describe('a good request', () => {
  it('shows the sign-in form with the user filled in, and nothing of the request unescaped', async () => {
    const answer = await bench.get(bench.authorizePath({ login_hint: '"><b>@contoso.example' }));
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('value="&#34;&#62;&#60;b&#62;@contoso.example"');
  });

  it('sends the code to the redirect URI with the state as it came', async () => {
    const answer = await bench.get(bench.authorizePath(), {
      method: 'POST',
      form: { login: 'Sales@Contoso.Example', passwd: SEED_PASSWORD },
    });
    expect(answer.status).toBe(302);
    expect(answer.headers.location?.startsWith(`${redirectUri}?code=`)).toBe(true);
    expect(sent(answer.headers.location).get('state')).toBe('st&te');
  });

  it('sends it in the fragment or as a form where that is asked for', async () => {
    const form = { login: SALES, passwd: SEED_PASSWORD };
    const fragment = await bench.get(bench.authorizePath({ response_mode: 'fragment' }), { form });
    expect(fragment.headers.location?.startsWith(`${redirectUri}#code=`)).toBe(true);
    const posted = await bench.get(bench.authorizePath({ response_mode: 'form_post' }), { form });
    expect(posted.body).toContain('name="state" value="st&#38;te"');
  });
});

describe('the redirect URI', () => {
  it.each([
    ['another path', 'https://ece.contoso.example/system/oauth'],
    ['another case of the path', redirectUri.toUpperCase().replace('HTTPS', 'https')],
    ['a slash at the end', `${redirectUri}/`],
    ['a query', `${redirectUri}?a=b`],
    ['another host', redirectUri.replace('ece.', 'www.')],
    ['http', redirectUri.replace('https', 'http')],
    ['a port', redirectUri.replace('.example', '.example:8443')],
    ['a detour', redirectUri.replace('/system', '/x/../system')],
    ['no URI', 'not a uri'],
  ])('refuses %s with AADSTS50011 on a page and sends nothing on', async (_what, uri) => {
    const answer = await bench.get(bench.authorizePath({ redirect_uri: uri }));
    expect(answer.headers.location).toBeUndefined();
    expect(answer.headers['content-type']).toContain('text/html');
    expect(answer.body).toContain('AADSTS50011');
  });

  it.each([
    ['the host in capitals', redirectUri.replace('contoso', 'CONTOSO'), redirectUri],
    ['no path for a slash', 'https://ece.contoso.example', 'https://ece.contoso.example/'],
    ['any port of localhost', 'http://localhost:53682/back', 'http://localhost/back'],
  ])('takes %s', async (_what, asked, registered) => {
    bench.application.redirectUris = [registered];
    expect((await bench.signIn(SALES, { redirect_uri: asked })).get('code')).not.toBeNull();
  });

  it('says AADSTS500113 when none is registered and AADSTS900971 when none is sent', async () => {
    expect((await bench.get(bench.authorizePath({ redirect_uri: null }))).body).toContain('AADSTS900971');
    bench.application.redirectUris = [];
    expect((await bench.get(bench.authorizePath())).body).toContain('AADSTS500113');
  });

  it.each([
    ['http://ece.contoso.example/a', 'use https'],
    ['ece.contoso.example', 'absolute URI'],
    [`https://ece.contoso.example/${'a'.repeat(256)}`, 'at most 256'],
    ['https://ece.contoso.example/a;b', 'leave out the characters'],
    ['https://ece.contoso.example/a#b', 'fragment'],
  ])('does not register %s', (uri, why) => {
    expect(whyNotRegistrable(uri)).toContain(why);
  });
});

describe('on the error page', () => {
  it.each([
    ['an unknown client', { client_id: '99999999-2222-4333-8444-555555555555' }, 700016],
    ['no client', { client_id: null }, 900144],
    ['an unknown response mode', { response_mode: 'web_message' }, 70007],
  ])('refuses %s', async (_what, changed, code) => {
    const answer = await bench.get(bench.authorizePath(changed));
    expect(answer.headers.location).toBeUndefined();
    expect(answer.body).toContain(`AADSTS${code}`);
  });

  it.each([
    ['/common', 50194],
    ['/consumers', 9002332],
    ['/fabrikam.example', 90002],
  ])('refuses the tenant %s', async (tenant, code) => {
    const answer = await bench.get(bench.authorizePath().replace(/^\/[^/]+/, tenant));
    expect(answer.body).toContain(`AADSTS${code}`);
  });

  it.each([
    ['a wrong password', SALES, 'wrong', 50126],
    ['an unknown user', 'nobody@contoso.example', SEED_PASSWORD, 50034],
  ])('refuses %s', async (_what, login, passwd, code) => {
    const answer = await bench.get(bench.authorizePath(), { form: { login, passwd } });
    expect(answer.headers.location).toBeUndefined();
    expect(answer.body).toContain(`AADSTS${code}`);
  });

  it('refuses a disabled user, and one that a fault is meant for', async () => {
    const form = { login: 'support@contoso.example', passwd: SEED_PASSWORD };
    bench.faults.set('127.0.0.1', [{ id: 'AADSTS81012', name: 'support@contoso.example' }]);
    expect((await bench.get(bench.authorizePath(), { form })).body).toContain('AADSTS81012');
    const user = bench.directory.user('support@contoso.example');
    Object.assign(user ?? {}, { enabled: false });
    expect((await bench.get(bench.authorizePath(), { form })).body).toContain('AADSTS50057');
  });
});

describe('an answer in words of one’s own', () => {
  it('is given before anybody’s session is looked for', async () => {
    const entra = {
      endpoint: 'authorize',
      code: 500117,
      error: 'invalid_request',
      text: 'Not secure.',
    } as const;
    bench.faults.set('127.0.0.1', [{ id: 'entra-answer', entra }]);
    for (const changed of [{}, { prompt: 'none' }]) {
      const answer = await bench.get(bench.authorizePath(changed));
      expect(answer.headers.location).toBeUndefined();
      expect(answer.body).toContain('AADSTS500117: Not secure.');
    }
  });
});

describe('at the redirect URI', () => {
  it.each([
    ['prompt=none', { prompt: 'none' }, 'login_required', 50058],
    ['another response type', { response_type: 'token' }, 'unsupported_response_type', 700054],
    ['no scope', { scope: null }, 'invalid_request', 900144],
    ['an unknown scope', { scope: 'https://outlook.office.com/Mail.Everything' }, 'invalid_scope', 70011],
    ['an unknown resource', { scope: 'https://api.example/Read' }, 'invalid_resource', 500011],
    ['a short challenge', { code_challenge: 'short' }, 'invalid_grant', 501491],
    ['an unknown method', { code_challenge_method: 'S512' }, 'invalid_grant', 50147],
  ])('refuses %s', async (_what, changed, error, code) => {
    const answer = await bench.get(bench.authorizePath(changed));
    const values = sent(answer.headers.location);
    expect(answer.status).toBe(302);
    expect([values.get('error'), values.get('state')]).toEqual([error, 'st&te']);
    expect(values.get('error_description')).toContain(`AADSTS${code}: `);
  });

  it('says that consent is missing or was declined', async () => {
    const scope = 'https://outlook.office.com/POP.AccessAsUser.All';
    bench.application.scopes = ['IMAP.AccessAsUser.All'];
    const missing = await bench.signIn(SALES, { scope });
    expect(missing.get('error_description')).toContain('AADSTS65001');
    const declined = await bench.get(bench.authorizePath(), { form: { action: 'decline' } });
    expect(sent(declined.headers.location).get('error')).toBe('access_denied');
  });
});
