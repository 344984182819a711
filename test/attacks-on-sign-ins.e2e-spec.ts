import { describe, expect, it } from 'vitest';
import request from 'supertest';
import { attackedSite } from './support/attacked-site.ts';
import { answer, claimsOf, client, comeBack, goOn, startSignIn, tokensFor } from './support/mail-site.ts';

const SALES = 'sales@example.com';
const SUPPORT = 'support@example.com';

const here = attackedSite();

describe('the sign-in of somebody else', () => {
  const redeem = async (changes: object, userName = SALES) => {
    const { serverId } = here.site.identities.app01;
    const { id, parameters, cookie } = await startSignIn(here.api, here.site.siteId, userName, serverId);
    await comeBack(here.api, { state: parameters.get('state') ?? '', code: 'x' }, cookie).expect(200);
    const order = await here.site.app01.next('run');
    here.site.app01.send('tokens', tokensFor(order, 'somebody'));
    await answer(here.site.app01, order, () => ({ evidence: { claims: claimsOf(userName, changes) } }));
    return here.signInOf(id);
  };

  it.each([
    [
      'the name of another',
      { user: 'admin@example.com' },
      /admin@example\.com signed in, and sales@.* is expected/,
    ],
    ['no name', { user: null }, /does not say whose it is/],
    ['no user, as the application', { idtyp: 'app' }, /of the application itself/],
    [
      'another application',
      { appid: '00000000-0000-0000-0000-000000000001' },
      /was made for the application/,
    ],
  ])('leaves nothing behind when its token has %s', async (_, changes, words) => {
    expect(await redeem(changes)).toMatchObject({ state: 'failed', failure: expect.stringMatching(words) });
    expect((await here.read('/credentials')).items).toEqual([]);
  });

  it('is known by what the access token itself says, whatever the agent tells', async () => {
    const { serverId } = here.site.identities.app01;
    const { id, parameters, cookie } = await startSignIn(here.api, here.site.siteId, SALES, serverId);
    await comeBack(here.api, { state: parameters.get('state') ?? '', code: 'x' }, cookie).expect(200);
    const order = await here.site.app01.next('run');
    const payload = Buffer.from(JSON.stringify({ upn: 'admin@example.com' })).toString('base64url');
    here.site.app01.send('tokens', { ...tokensFor(order, 'x'), accessToken: `e30.${payload}.c2ln` });
    await answer(here.site.app01, order);
    expect(await here.signInOf(id)).toMatchObject({
      state: 'failed',
      failure: expect.stringMatching(/admin@/),
    });
    expect((await here.read('/credentials')).items).toEqual([]);
  });

  it('is another one although the name is the same, and the same one although the name is another', async () => {
    const [oid, tid] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
    expect(await redeem({ oid, tid })).toMatchObject({ state: 'done' });
    const other = await redeem({ oid: tid, tid });
    expect(other).toMatchObject({
      state: 'failed',
      failure: expect.stringMatching(/another account.*DELETE/),
    });
    expect(await redeem({ oid, tid, user: 'renamed@example.com' })).toMatchObject({ state: 'done' });
  });

  it('cannot be sent for by an address of Entra: the callback takes no other browser than the one that started it', async () => {
    const { serverId } = here.site.identities.app01;
    const { id, parameters, cookie } = await startSignIn(here.api, here.site.siteId, SALES, serverId);
    const query = { state: parameters.get('state') ?? '', code: 'x' };
    const foreign = (await startSignIn(here.api, here.site.siteId, SUPPORT, serverId)).cookie;
    for (const other of ['', foreign, cookie.replace(/=.*/, `=${'A'.repeat(43)}`)]) {
      const { body } = await comeBack(here.api, query, other).expect(409);
      expect(body.detail).toMatch(/not started in this browser/);
    }
    expect((await here.signInOf(id)).state).toBe('waiting');
    await comeBack(here.api, query, cookie).expect(200);
    await comeBack(here.api, query, cookie).expect(409);
    await here.site.app01.next('run');
    expect(here.site.app01.unread('run')).toEqual([]);
  });

  it('takes nothing of a callback with parameters that none of ours has, and says nothing of what they hold', async () => {
    const { serverId } = here.site.identities.app01;
    const { id, parameters, cookie } = await startSignIn(here.api, here.site.siteId, SALES, serverId);
    const state = parameters.get('state') ?? '';
    const hostile: Record<string, string> = {
      'no state': 'code=x',
      'two states': `state=${state}&state=${state}&code=x`,
      'a state inside another name': `state[]=${state}&state[a]=${state}&code=x`,
      'code and error': `state=${state}&code=x&error=y`,
      neither: `state=${state}`,
      'two codes': `state=${state}&code=x&code=y`,
      'a prototype': `__proto__[state]=${state}&constructor[prototype][code]=x`,
      'a name of another kind of object': 'state=constructor&code=toString',
      'a state with a line break': `state=${state}%0d%0aset-cookie:%20a=b&code=x`,
      'a state with a zero byte': `state=${state.slice(0, -1)}%00&code=x`,
      'half a character': `state=${state}%c3&code=x`,
      'a code that is too long': `state=${state}&code=${'x'.repeat(8_193)}`,
      'a thousand parameters': `${'a=b&'.repeat(1_000)}state=${state}x&code=x`,
    };
    for (const [what, query] of Object.entries(hostile)) {
      const { status, headers, text } = await request(here.api.server)
        .get(`/v1/sign-ins/callback?${query}`)
        .set('cookie', cookie);
      expect({ what, status, cookies: headers['set-cookie'], isTold: text.includes(state) }).toEqual({
        what,
        status: 400,
        cookies: undefined,
        isTold: false,
      });
    }
    expect(await here.signInOf(id)).toMatchObject({ state: 'waiting' });
  });

  it('starts at a page that says what it is for, once, and not by a form that another site posts', async () => {
    const { serverId } = here.site.identities.app01;
    const body = { userName: "o'sales&co@example.com", serverId };
    const { body: made } = await client(here.api).post(here.path('/sign-ins')).send(body).expect(201);
    expect(made.authorizeUrl).toBeNull();
    const { pathname, search } = new URL(made.startUrl as string);
    const posted = await request(here.api.server).post(`${pathname}${search}`).type('form').expect(409);
    expect(posted.body.detail).toMatch(/not opened in this browser/);
    const { page, location, cookie } = await goOn(here.api, made.startUrl as string);
    expect(page).toContain('o&#39;sales&amp;co@example.com');
    expect(page).not.toContain(new URL(location).searchParams.get('state'));
    expect(cookie).toMatch(/^mailpath-sign-in-[0-9a-f-]{36}=[A-Za-z0-9_-]{43}$/);
    await request(here.api.server).get(`${pathname}${search}`).expect(409);
    await request(here.api.server)
      .post(`${pathname}${search}`)
      .type('form')
      .set('cookie', cookie)
      .expect(409);
  });
});
