import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
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
