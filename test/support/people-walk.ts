import request from 'supertest';
import type { RunningApi } from './api.ts';
import { client } from './mail-site.ts';
import { OpenIdBrowser } from './openid-browser.ts';
import type { OpenIdProviderServer } from './openid-provider.ts';

/** Everything that can be asked about users and sessions, once. */
export async function walkPeople(api: RunningApi): Promise<void> {
  const caller = client(api);
  const ours = ['sec-fetch-site', 'same-origin'] as const;
  const password = 'correct horse battery staple';
  const made = await caller
    .post('/v1/users')
    .send({ name: 'Aiko Tanaka', role: 'operator', password })
    .expect(201);
  const { id } = made.body as { id: string };
  await caller.get('/v1/users').expect(200);
  await caller.get(`/v1/users/${id}`).expect(200);
  await caller.patch(`/v1/users/${id}`).send({ role: 'administrator' }).expect(200);
  await caller.post(`/v1/users/${id}/links`).expect(201);
  const cookie = async (sent: object): Promise<string> => {
    const { headers } = await request(api.server)
      .post('/v1/session')
      .set('user-agent', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0')
      .send(sent)
      .expect(204);
    return (headers['set-cookie'] as unknown as string[])[0]?.split(';')[0] ?? '';
  };
  const first = await cookie({ name: 'Aiko Tanaka', password });
  await request(api.server).get('/v1/session').set('cookie', first).expect(200);
  const next = 'another horse and battery';
  await request(api.server)
    .put('/v1/session/password')
    .set('cookie', first)
    .set(...ours)
    .send({ present: password, next })
    .expect(204);
  const second = await cookie({ name: 'Aiko Tanaka', password: next });
  await request(api.server)
    .delete('/v1/session')
    .set('cookie', second)
    .set(...ours)
    .expect(204);
  const third = await cookie({ name: 'Aiko Tanaka', password: next });
  const { body: own } = await request(api.server).get('/v1/sessions').set('cookie', third).expect(200);
  const [, other] = (own as { items: { id: string }[] }).items;
  const asThird = (path: string) =>
    request(api.server)
      .delete(path)
      .set('cookie', third)
      .set(...ours);
  await asThird(`/v1/sessions/${other?.id}`).expect(204);
  await asThird('/v1/sessions').expect(204);
  await caller.post('/v1/users').send({ name: 'Kenji Sato', role: 'administrator' }).expect(201);
  await caller.delete(`/v1/users/${id}`).expect(204);
  await caller.get('/v1/retention').expect(200);
  await caller.patch('/v1/retention').send({ hourRollUpsDays: 1_095 }).expect(200);
  await caller.get('/v1/audit-log?limit=3').expect(200);
}

/** A person who signs in at a provider, and whose role is what a group gives. */
export async function walkOpenId(api: RunningApi, provider: OpenIdProviderServer): Promise<void> {
  const browser = new OpenIdBrowser(api);
  await browser.get('/v1/session/offer');
  provider.person = {
    claims: { sub: 'hana', preferred_username: 'hana@contoso.example', groups: ['mail-desk'] },
  };
  const { status } = await browser.signIn();
  if (status !== 303) throw new Error(`the sign-in was answered ${status}`);
}
