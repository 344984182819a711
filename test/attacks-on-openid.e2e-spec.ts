import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApi } from './support/api.ts';
import { HOSTILE, OpenIdBench, openIdEnv, person, refusedWith } from './support/openid-bench.ts';
import { CLIENT, type Person } from './support/openid-provider.ts';

let bench: OpenIdBench;
beforeAll(async () => void (bench = await OpenIdBench.start()));
afterAll(() => bench.stop());
beforeEach(() => bench.reset());

describe('nobody is signed in', () => {
  const changed = (url: string, name: string, value: string | null): string => {
    const parsed = new URL(url);
    if (value === null) parsed.searchParams.delete(name);
    else parsed.searchParams.set(name, value);
    return parsed.href;
  };

  it.each([
    ['another state', (back: string) => changed(back, 'state', 'A'.repeat(43))],
    ['no state', (back: string) => changed(back, 'state', null)],
    ['no code', (back: string) => changed(back, 'code', null)],
    ['a code that was never given out', (back: string) => changed(back, 'code', 'made-up')],
    [
      'an answer of another provider (RFC 9207)',
      (back: string) => changed(back, 'iss', 'https://evil.example'),
    ],
  ])('with %s', async (_, change) => {
    expect(
      await bench.tried(async (browser) =>
        browser.get(change(await browser.atProvider(await browser.begin()))),
      ),
    ).toMatchObject(refusedWith(401));
  });

  it('by the link of somebody who wants them signed in as himself (login CSRF)', async () => {
    const attacker = bench.browser();
    const link = await attacker.atProvider(await attacker.begin());
    expect(await bench.tried((victim) => victim.get(link))).toMatchObject(refusedWith(401));
    // Nor where the victim has begun a sign-in of its own.
    const again = await attacker.atProvider(await attacker.begin());
    expect(await bench.tried(async (victim) => (await victim.begin(), victim.get(again)))).toMatchObject(
      refusedWith(401),
    );
  });

  it('with the code of somebody else put beside the own state, which PKCE and nonce bind', async () => {
    const victim = bench.browser();
    const stolen = new URL(await victim.atProvider(await victim.begin())).searchParams.get('code');
    expect(
      await bench.tried(async (thief) =>
        thief.get(changed(await thief.atProvider(await thief.begin()), 'code', stolen)),
      ),
    ).toMatchObject(refusedWith(401));
  });

  it('twice with one answer, and the provider is not asked a second time', async () => {
    const browser = bench.browser();
    const back = await browser.atProvider(await browser.begin());
    expect((await browser.get(back)).status).toBe(303);
    const asked = bench.provider.redeemed;
    expect((await browser.get(back)).status).toBe(401);
    expect(bench.provider.redeemed).toBe(asked);
  });

  it('ten minutes after the start', async () => {
    expect(
      await bench.tried(async (browser) => {
        const back = await browser.atProvider(await browser.begin());
        await bench.api.database.query(`update openid_starts set expires_at = now() - interval '1 second'`);
        return browser.get(back);
      }),
    ).toMatchObject(refusedWith(401));
  });

  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  it.each<[string, Omit<Person, 'claims'>]>([
    ['the nonce of another sign-in', { forge: ({ claims }) => void (claims['nonce'] = 'n'.repeat(43)) }],
    ['no nonce', { forge: ({ claims }) => void delete claims['nonce'] }],
    ['another issuer', { forge: ({ claims }) => void (claims['iss'] = 'https://evil.example/v2.0') }],
    ['another audience', { forge: ({ claims }) => void (claims['aud'] = 'another-application') }],
    [
      'several audiences and another party',
      { forge: ({ claims }) => void Object.assign(claims, { aud: [CLIENT.id, 'x'], azp: 'x' }) },
    ],
    [
      'an end that is over',
      { forge: ({ claims }) => void (claims['exp'] = Math.floor(Date.now() / 1000) - 120) },
    ],
    ['no end', { forge: ({ claims }) => void delete claims['exp'] }],
    [
      'a begin to come',
      { forge: ({ claims }) => void (claims['nbf'] = Math.floor(Date.now() / 1000) + 600) },
    ],
    ['no subject', { forge: ({ claims }) => void delete claims['sub'] }],
    ['a subject that is too long', { forge: ({ claims }) => void (claims['sub'] = 's'.repeat(256)) }],
    ['a subject with a NUL', { forge: ({ claims }) => void (claims['sub'] = 'a\u0000b') }],
    ['the algorithm none', { forge: ({ header }) => void (header['alg'] = 'none'), sign: () => '' }],
    ['no signature', { sign: () => '' }],
    [
      'the signature of another key',
      { sign: (input) => sign('sha256', Buffer.from(input), other).toString('base64url') },
    ],
    [
      'an HMAC with the public key',
      {
        forge: ({ header }) => void (header['alg'] = 'HS256'),
        sign: (input, { published }) => createHmac('sha256', published).update(input).digest('base64url'),
      },
    ],
    [
      'an HMAC with the client secret',
      {
        forge: ({ header }) => void (header['alg'] = 'HS256'),
        sign: (input) => createHmac('sha256', CLIENT.secret).update(input).digest('base64url'),
      },
    ],
    ['a key that is not published', { forge: ({ header }) => void (header['kid'] = 'key-2') }],
  ])('by a token with %s', async (_, forged) => {
    bench.provider.person = person('forged', ['admins'], forged);
    expect(await bench.tried((browser) => browser.signIn())).toMatchObject(refusedWith(401));
  });

  it('where no group has a role, and the page says which came, whatever they are called', async () => {
    bench.provider.person = person('nobody', ['sales', HOSTILE], { claims: { roles: ['Desk'] } });
    const tried = await bench.tried((browser) => browser.signIn());
    expect(tried).toMatchObject(refusedWith(403));
    expect(tried.text).toContain('<li>sales</li>');
    expect(tried.text).toContain('<li>Desk</li>');
    expect(tried.text).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(tried.text).not.toMatch(/<img|\p{Cf}|(?!\n)\p{Cc}/u);
    const japanese = await bench.browser('ja').signIn();
    expect(japanese.text).toContain('<html lang="ja">');
    expect(japanese.text).toContain('<li>sales</li>');
  });

  it('whose roles were taken away, and nothing of before is left', async () => {
    const browser = bench.browser();
    bench.provider.person = person('leaving', ['admins']);
    await browser.signIn();
    expect(await bench.whoIs(browser)).not.toBeNull();
    bench.provider.person = person('leaving', []);
    expect(await bench.tried((again) => again.signIn())).toMatchObject(refusedWith(403));
    expect(await bench.whoIs(browser)).toBeNull();
  });

  it('whose only site is gone', async () => {
    bench.provider.person = person('moved', ['moved']);
    expect(await bench.tried((browser) => browser.signIn())).toMatchObject(refusedWith(403));
  });

  it.each([
    [
      '_claim_names',
      { _claim_names: { groups: 'src1' }, _claim_sources: { src1: { endpoint: 'https://evil.example' } } },
    ],
    ['hasgroups', { hasgroups: true }],
  ])('with more groups than fit into a token (%s)', async (_, claims) => {
    bench.provider.person = person('many', ['admins'], { claims });
    expect(await bench.tried((browser) => browser.signIn())).toMatchObject({
      ...refusedWith(403),
      text: expect.stringContaining('more groups than') as string,
    });
  });

  it('while the provider is down, at the start or at the end, and the page says so', async () => {
    const tried = await bench.tried(async (browser) => {
      const back = await browser.atProvider(await browser.begin());
      bench.provider.isDown = true;
      return browser.get(back);
    });
    expect(tried).toMatchObject(refusedWith(503));
    expect(tried.text).toContain('does not answer Mailpath');
    const own = await startApi({
      env: openIdEnv(bench.provider, {
        MAILPATH_OPENID_ROLES: 'group:admins=viewer',
        MAILPATH_OPENID_ISSUER: 'http://localhost:1/v2.0',
      }),
    });
    try {
      const { text: page, headers } = await request(own.server).get('/v1/session/openid').expect(503);
      expect(page).toContain('does not answer Mailpath');
      expect(headers['retry-after']).toBe('30');
    } finally {
      await own.close();
    }
  });

  it('while the provider refuses Mailpath, or the person, and the page says only what it may', async () => {
    bench.provider.refusal = { error: 'access_denied', error_description: `AADSTS50105: ${HOSTILE}` };
    const tried = await bench.tried((browser) => browser.signIn());
    expect(tried).toMatchObject(refusedWith(401));
    expect(tried.text).toContain('access_denied, AADSTS50105');
    expect(tried.text).not.toContain('onerror');
    bench.provider.refusal = { error: HOSTILE };
    expect(await bench.tried((browser) => browser.signIn())).toMatchObject({
      ...refusedWith(401),
      text: expect.stringContaining('an unknown error') as string,
    });
    Object.assign(bench.provider, { refusal: null, knowsClient: false });
    expect(await bench.tried((browser) => browser.signIn())).toMatchObject({
      ...refusedWith(503),
      text: expect.stringContaining('refuses Mailpath itself (invalid_client)') as string,
    });
  });

  it('more than ten times a minute from one address', async () => {
    const browser = bench.browser();
    const again = () => browser.get('/v1/session/openid/callback?code=a&state=b');
    const told = await Promise.all(Array.from({ length: 25 }, async () => (await again()).status));
    expect(told.filter((status) => status === 401)).toHaveLength(10);
    expect(await bench.tried(again)).toMatchObject(refusedWith(429));
  });

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/.//evil.example',
    '/a/../..//evil.example',
    '\\\\evil.example',
    '/\tevil',
    'javascript:alert(1)',
    '/v1/sites',
    'sites',
  ])('and led to %j afterwards (open redirect)', async (page) => {
    const { status } = await bench.browser().get(`/v1/session/openid?page=${encodeURIComponent(page)}`);
    expect(status).toBe(400);
  });

  it('under a name that hides or turns round what stands beside it', async () => {
    const who = await bench.signedIn(
      person('hostile', ['viewers'], { claims: { preferred_username: HOSTILE } }),
    );
    expect(who?.name).toBe('<img src=x onerror=alert(1)>   [31m"\'&');
    const long = await bench.signedIn(
      person('long', ['viewers'], { claims: { preferred_username: '𠮷'.repeat(5_000) } }),
    );
    expect(Array.from(long?.name ?? '')).toHaveLength(100);
    const none = await bench.signedIn(
      person('none', ['viewers'], {
        claims: { preferred_username: { a: 1 }, groups: ['viewers', 1, null, {}] },
      }),
    );
    expect(none?.name).toBe('none');
  });
});
