import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Mailbox } from '../apps/api/src/estate/mailboxes/mailbox.ts';
import { type RunningApi, startApi } from './support/api.ts';
import { REFUSED, siteOf } from './support/finding-site.ts';
import { client } from './support/mail-site.ts';
import { createSite } from './support/scripted-agent.ts';

describe('the mailboxes of a site', () => {
  let api: RunningApi;
  let path: string;
  beforeAll(async () => {
    api = await startApi();
    path = `/v1/sites/${await createSite(api, { name: 'mailboxes' })}/mailboxes`;
  });
  afterAll(() => api.close());

  const create = (body: object) => client(api).post(path).send(body);
  const list = async (): Promise<Mailbox[]> =>
    (await client(api).get(path).expect(200)).body.items as Mailbox[];

  it('have a name of their own, an account of their own unless told otherwise, and nothing that nobody knows', async () => {
    const { body } = await create({ address: 'Sales@Example.com' }).expect(201);
    expect(body).toMatchObject({
      name: 'sales',
      address: 'sales@example.com',
      userName: 'sales@example.com',
      licence: null,
      imapEnabled: null,
      popEnabled: null,
      smtpAuthEnabled: null,
      roundTrip: false,
    });
    const other = await create({ address: 'sales@example.org', userName: 'Shared@example.com' }).expect(201);
    expect(other.body).toMatchObject({ name: 'sales-at-example-org', userName: 'shared@example.com' });
    expect((await list()).map(({ name }) => name)).toEqual(['sales', 'sales-at-example-org']);
    expect((await client(api).get(`${path}/${body.id}`).expect(200)).body).toEqual(body);
  });

  it.each<[string, object, number, RegExp]>([
    [
      'an address that is there, in other letters',
      { address: 'SALES@example.com' },
      409,
      /sales@example\.com already/,
    ],
    ['no address', { address: 'sales' }, 400, /address: write an address/],
    ['a switch that is no switch', { address: 'a@example.com', imapEnabled: 'yes' }, 400, /imapEnabled/],
    ['an unknown field', { address: 'a@example.com', password: 'x' }, 400, /password/],
  ])('are refused for %s', async (_, body, status, words) => {
    expect((await create(body).expect(status)).body.detail).toMatch(words);
  });

  it('may be changed in everything but the address', async () => {
    const [sales] = await list();
    const change = (body: object) =>
      client(api)
        .patch(`${path}/${sales?.id ?? ''}`)
        .send(body);
    const { body } = await change({ licence: 'E3', imapEnabled: true, roundTrip: true }).expect(200);
    expect(body).toEqual({ ...sales, licence: 'E3', imapEnabled: true, roundTrip: true });
    expect((await change({}).expect(200)).body).toEqual(body);
    await change({ address: 'b@example.com' }).expect(400);
  });

  it('may be retired, and then name and address are free', async () => {
    const [sales] = await list();
    const own = `${path}/${sales?.id ?? ''}`;
    await client(api).delete(own).expect(204);
    await client(api).delete(own).expect(404);
    await client(api).get(own).expect(404);
    await client(api).patch(own).send({ licence: 'E5' }).expect(404);
    expect((await create({ address: 'sales@example.com' }).expect(201)).body).toMatchObject({
      name: 'sales',
    });
  });

  it('are judged no more once they are retired, though no agent has anything new to say', async () => {
    const site = await siteOf(api, 'svc01');
    await client(api)
      .patch(`/v1/sites/${site.siteId}/servers/${site.serverId('svc01')}`)
      .send({ roles: ['services'] })
      .expect(200);
    const boxes = `/v1/sites/${site.siteId}/mailboxes`;
    const { body } = await client(api).post(boxes).send({ address: 'sales@example.com' }).expect(201);
    const target = {
      name: 'sales',
      host: 'outlook.office365.com',
      port: 993,
      mailbox: 'sales@example.com',
    };
    for (let round = 1; round <= 2; round += 1)
      await site.report('svc01', { ...REFUSED, check: 'imap.mailbox', target });
    expect(await site.list()).toHaveLength(1);
    await client(api).delete(`${boxes}/${body.id}`).expect(204);
    await expect.poll(() => site.list()).toEqual([]);
    await site.leave();
  });

  it('are 40 at the most', async () => {
    for (let i = (await list()).length; i < 40; i += 1)
      await create({ address: `m${i}@example.com` }).expect(201);
    expect((await create({ address: 'one.more@example.com' }).expect(409)).body.detail).toMatch(/at most 40/);
  });
});
