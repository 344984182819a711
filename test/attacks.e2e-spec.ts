import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { AGENT_SOCKET_PATH } from '@mailpath/protocol';
import WebSocket from 'ws';
import { startApi } from './support/api.ts';
import { randomBytes, randomUUID } from 'node:crypto';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import type { LeaseRecord } from '../apps/api/src/work/leases/lease-record.ts';
import { MOST_AN_HOUR } from '../apps/api/src/work/leases/lease-records.service.ts';
import { attackedSite, handled } from './support/attacked-site.ts';
import { addMailbox, client, CLIENT_ID, CLIENT_SECRET, TENANT } from './support/mail-site.ts';
import { createSite, enrolUnapproved } from './support/scripted-agent.ts';
import { part, refresh } from './support/three-servers.ts';

const SALES = 'sales@example.com';

const here = attackedSite();

describe('whoever wants the secrets of a site', () => {
  it('is lent nothing by having come early: before the site had a secret', async () => {
    const siteId = await createSite(here.api, {
      name: `early ${randomUUID()}`,
      tenant: TENANT,
      clientId: CLIENT_ID,
      grant: 'app-only',
      mailboxEverySeconds: null,
    });
    const early = await enrolUnapproved(here.api, siteId, 'svc01', ['services']);
    const agent = await here.join(early);
    await client(here.api)
      .put(`/v1/sites/${siteId}/client-secret`)
      .send({ secret: CLIENT_SECRET })
      .expect(204);
    await addMailbox(here.api, siteId, SALES);
    const { body } = await client(here.api)
      .post(`/v1/sites/${siteId}/runs`)
      .send({ checks: ['token.app-only'] })
      .expect(202);
    expect(body.servers[0]).toMatchObject({
      expected: 0,
      withheld: [{ reason: expect.stringMatching(/waits for approval/) }],
    });
    await handled(agent);
    expect(agent.unread('run')).toEqual([]);
    const server = await client(here.api).get(`/v1/sites/${siteId}/servers/${early.serverId}`).expect(200);
    expect(server.body.agent).toMatchObject({
      approval: 'waiting',
      approvedBy: null,
      lentNothing: 'unapproved',
    });
  });

  it('is lent nothing with a key that took the place of the approved one in the row itself', async () => {
    await here.site.ready(SALES);
    const { agentId } = here.site.identities.svc01;
    await here.api.database.query(`update agents set public_key = $2 where id = $1`, [
      agentId,
      randomBytes(32),
    ]);
    const run = await here.site.run(['token.refresh']);
    expect(part(run, 'svc01')?.withheld[0]?.reason).toMatch(/waits for approval/);
    await refresh(here.site.svc02, await here.site.svc02.next('run'));
  });
});

describe('whoever is lent to', () => {
  it('is noted before the lease leaves, by kind and never by value', async () => {
    await here.site.ready(SALES);
    await here.site.run(['token.refresh']);
    await refresh(here.site.svc01, await here.site.svc01.next('run'));
    await refresh(here.site.svc02, await here.site.svc02.next('run'));
    const { items } = await here.read('/leases');
    const names = Object.entries(here.site.identities);
    const seen = items.map(({ serverId, lent, userName }: LeaseRecord) => [
      names.find(([, identity]) => identity.serverId === serverId)?.[0],
      userName,
      lent,
    ]);
    expect(seen).toEqual([
      ['svc02', SALES, ['refresh-token', 'client-secret']],
      ['svc01', SALES, ['refresh-token', 'client-secret']],
      ['app01', SALES, ['code', 'code-verifier', 'client-secret']],
    ]);
    expect(JSON.stringify(items)).not.toContain(CLIENT_SECRET);
  });

  it('is lent nothing more for a user when it was lent too often within the hour, and others are', async () => {
    await here.site.ready(SALES);
    const { svc01 } = here.site.identities;
    await here.api.database.query(
      `insert into lease_records (site_id, id, order_id, server_id, agent_id, user_name, lent, lent_at, expires_at)
       select $1, gen_random_uuid(), gen_random_uuid(), $2, $3, $4, '{refresh-token}', now(), now()
       from generate_series(1, ${MOST_AN_HOUR})`,
      [here.site.siteId, svc01.serverId, svc01.agentId, SALES],
    );
    const { id } = await here.site.run(['token.refresh']);
    await refresh(here.site.svc02, await here.site.svc02.next('run'));
    expect(part(await here.site.get(id), 'svc01')?.withheld[0]?.reason).toMatch(/120 times within an hour/);
    await handled(here.site.svc01);
    expect(here.site.svc01.unread('run')).toEqual([]);
  });
});

describe('a page of another origin', () => {
  it.each(['https://evil.example', 'null', 'http://127.0.0.1:8025'])(
    'from %s opens no socket of the agents',
    async (origin) => {
      const socket = new WebSocket(new URL(AGENT_SOCKET_PATH, here.api.url.replace(/^http/, 'ws')), {
        origin,
      });
      const [, answer] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
      expect(answer.statusCode).toBe(403);
      answer.resume();
      socket.on('error', () => undefined).terminate();
    },
  );

  it('whose name was made to lead here reads nothing, while the public name, addresses and programs do', async () => {
    const api = await startApi({
      database: here.api.database,
      env: { MAILPATH_PUBLIC_URL: 'https://mailpath.example.com' },
    });
    try {
      const page = { origin: 'http://rebound.evil.example' };
      const read = (host: string, headers: object) =>
        request(api.server)
          .get('/v1/sites')
          .auth(api.apiKey, { type: 'bearer' })
          .set({ host, ...headers });
      const refused = await read('rebound.evil.example', page).expect(403);
      expect(refused.body.detail).toMatch(/MAILPATH_PUBLIC_URL/);
      await read('rebound.evil.example', { 'sec-fetch-site': 'same-origin' }).expect(403);
      await read('mailpath.example.com', { 'sec-fetch-site': 'same-origin' }).expect(200);
      await read('127.0.0.1', { 'sec-fetch-site': 'same-origin' }).expect(200);
      await read('mailpath.inside', {}).expect(200);
    } finally {
      await api.close();
    }
  });
});
