import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type RunningApi } from './support/api.ts';

describe('sites', () => {
  let api: RunningApi;
  let client: ReturnType<typeof request.agent>;

  beforeAll(async () => {
    api = await startApi();
    client = request.agent(api.server).auth(api.apiKey, { type: 'bearer' });
  });

  afterAll(() => api.close());

  it('need a name only, and take the rest from how most installations are', async () => {
    const { status, body } = await client.post('/v1/sites').send({ name: 'Tokyo' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      name: 'Tokyo',
      version: null,
      esLevel: null,
      externalUrl: null,
      cloud: 'worldwide',
      tenant: null,
      clientId: null,
      inboundProtocol: 'undecided',
      accountKind: null,
      targets: {},
      extraTargets: [],
      everySeconds: 60,
    });
    expect((await client.get(`/v1/sites/${body.id}`)).body).toEqual(body);
  });

  it('keep everything that is known of an installation, in any script', async () => {
    const whole = {
      name: '東京コンタクトセンター 📞',
      version: '12.6(1)',
      esLevel: 'ES12_ET1',
      externalUrl: 'https://ece.example.com',
      cloud: 'gcc-high',
      tenant: 'contoso.onmicrosoft.com',
      clientId: 'b5d8b7a4-0f6e-4b5e-9c1e-1f2a3b4c5d6e',
      inboundProtocol: 'imap',
      accountKind: 'shared',
      targets: { imap: { host: '127.0.0.1', port: 1993 }, smtp: { host: 'mail.example.com', port: 2587 } },
      extraTargets: [
        {
          name: 'media-routing',
          check: 'tcp.connect',
          host: 'pg1.example.com',
          port: 38001,
          roles: ['services'],
        },
      ],
      everySeconds: 10,
    };
    const { status, body } = await client.post('/v1/sites').send(whole);
    expect(status).toBe(201);
    expect((await client.get(`/v1/sites/${body.id}`)).body).toMatchObject(whole);
  });

  it('have no inside address among their targets unless its network was allowed', async () => {
    const { body: site } = await client.post('/v1/sites').send({ name: 'Sapporo' });
    const targets = { imap: { host: '169.254.169.254', port: 80 } };
    const refused = [
      await client.post('/v1/sites').send({ name: 'Hakodate', targets }),
      await client.patch(`/v1/sites/${site.id}`).send({ targets }),
    ];
    for (const { status, body } of refused) {
      expect(status).toBe(400);
      expect(body.errors).toEqual([
        {
          field: 'targets.imap.host',
          message: expect.stringMatching(/link-local.*MAILPATH_ALLOW_NETWORKS$/),
        },
      ]);
    }
    expect((await client.get(`/v1/sites/${site.id}`)).body.targets).toEqual({});
  });

  it('change by what is sent and stay as they are in all else', async () => {
    const { body: before } = await client
      .post('/v1/sites')
      .send({ name: 'Osaka', esLevel: 'ES1', targets: { imap: { host: 'a.example.com', port: 993 } } });
    const { status, body: after } = await client.patch(`/v1/sites/${before.id}`).send({
      esLevel: null,
      inboundProtocol: 'pop3',
      targets: { pop3: { host: 'b.example.com', port: 995 } },
    });
    expect(status).toBe(200);
    expect(after).toEqual({
      ...before,
      esLevel: null,
      inboundProtocol: 'pop3',
      targets: { pop3: { host: 'b.example.com', port: 995 } },
      updatedAt: after.updatedAt,
    });
    expect(Date.parse(after.updatedAt)).toBeGreaterThan(Date.parse(before.updatedAt));
    expect((await client.get(`/v1/sites/${before.id}`)).body).toEqual(after);
  });

  it('have each a name of their own', async () => {
    await client.post('/v1/sites').send({ name: 'Nagoya' });
    const again = await client.post('/v1/sites').send({ name: ' Nagoya ' });
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({ code: 'conflict', detail: expect.stringContaining('"Nagoya"') });

    const { body: other } = await client.post('/v1/sites').send({ name: 'Kobe' });
    expect((await client.patch(`/v1/sites/${other.id}`).send({ name: 'Nagoya' })).status).toBe(409);
    expect((await client.patch(`/v1/sites/${other.id}`).send({ name: 'Kobe' })).status).toBe(200);
  });

  it('are listed page by page, each once', async () => {
    for (const name of ['p1', 'p2', 'p3', 'p4', 'p5']) await client.post('/v1/sites').send({ name });
    const { body: all } = await client.get('/v1/sites?limit=500');
    expect(all.nextCursor).toBeNull();

    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: Record<string, string | number> = cursor === null ? { limit: 2 } : { limit: 2, cursor };
      const { body } = await client.get('/v1/sites').query(query);
      expect(body.items.length).toBeLessThanOrEqual(2);
      seen.push(...body.items.map((site: { id: string }) => site.id));
      cursor = body.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(all.items.map((site: { id: string }) => site.id));
  });

  it('answer 404 where there is none', async () => {
    const nowhere = '/v1/sites/01a20bac-7abe-74ff-a112-9ae128132374';
    for (const answer of [await client.get(nowhere), await client.patch(nowhere).send({ name: 'x' })]) {
      expect(answer.status).toBe(404);
      expect(answer.body).toMatchObject({
        code: 'not-found',
        detail: expect.stringContaining('Site 01a20bac'),
      });
    }
  });
});
