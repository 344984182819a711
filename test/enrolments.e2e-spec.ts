import { generateKeyPairSync } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApi, type RunningApi } from './support/api.ts';

const facts = { version: '0.1.0', hostName: 'svc01', platform: 'win32 10.0', nodeVersion: 'v24.21.0' };
const publicKey = generateKeyPairSync('ed25519')
  .publicKey.export({ format: 'der', type: 'spki' })
  .subarray(-32)
  .toString('base64url');

describe('enrolment', () => {
  let api: RunningApi;
  let client: ReturnType<typeof request.agent>;
  let siteId: string;
  let serverId: string;
  let count = 0;

  beforeAll(async () => {
    api = await startApi();
    client = request.agent(api.server).auth(api.apiKey, { type: 'bearer' });
    siteId = (await client.post('/v1/sites').send({ name: 'site' })).body.id;
  });

  beforeEach(async () => {
    count += 1;
    const made = await client
      .post(`/v1/sites/${siteId}/servers`)
      .send({ name: `svc${count}`, roles: ['services'] });
    serverId = made.body.id;
  });

  afterAll(() => api.close());

  const newCode = async (): Promise<string> => {
    const { status, body } = await client.post(`/v1/sites/${siteId}/servers/${serverId}/enrolment-codes`);
    expect(status).toBe(201);
    return body.code;
  };
  const redeem = (code: string) =>
    request(api.server).post('/v1/enrolments').send({ code, publicKey, facts });
  const activeAgents = () =>
    api.database.query<{ id: string }>('select id from agents where server_id = $1 and revoked_at is null', [
      serverId,
    ]);

  it('tells an agent who it is, and stores its key and no code', async () => {
    const code = await newCode();
    const { status, body } = await redeem(code);
    expect(status).toBe(201);
    expect(body).toEqual({
      agentId: expect.any(String),
      siteId,
      siteName: 'site',
      serverId,
      serverName: `svc${count}`,
      roles: ['services'],
    });
    const [agent] = await api.database.query<{ public_key: Buffer; host_name: string }>(
      'select public_key, host_name from agents where id = $1',
      [body.agentId],
    );
    expect(agent?.public_key.toString('base64url')).toBe(publicKey);
    expect(agent?.host_name).toBe('svc01');
    const stored = await api.database.query<{ row: string }>(
      'select enrolment_codes::text as row from enrolment_codes',
    );
    expect(stored.some(({ row }) => row.includes(code) || row.includes(code.replaceAll('-', '')))).toBe(
      false,
    );
  });

  it('takes a code as a person types it', async () => {
    const code = await newCode();
    expect((await redeem(` ${code.toLowerCase().replaceAll('-', ' ')} `)).status).toBe(201);
  });

  it('makes exactly one agent of fifty redemptions of one code at once', async () => {
    const code = await newCode();
    const answers = await Promise.all(Array.from({ length: 50 }, () => redeem(code)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 403)).toHaveLength(49);
    expect(await activeAgents()).toHaveLength(1);
  });

  it('refuses a wrong, a used, an expired and a replaced code with the same words', async () => {
    const used = await newCode();
    await redeem(used);
    const expired = await newCode();
    await api.database.query(
      `update enrolment_codes set expires_at = now() - interval '1 second' where server_id = $1 and used_at is null`,
      [serverId],
    );
    const replaced = await newCode();
    const current = await newCode();

    const refusals = [];
    for (const code of ['AAAAA-AAAAA', used, expired, replaced]) {
      const { status, headers, body } = await redeem(code);
      expect(status).toBe(403);
      expect(headers['content-type']).toContain('application/problem+json');
      refusals.push({ ...body, requestId: '' });
    }
    expect(refusals[0]).toMatchObject({ code: 'enrolment-refused' });
    expect(refusals[0].detail).toContain('Create a new one');
    for (const refusal of refusals) expect(refusal).toEqual(refusals[0]);
    expect((await redeem(current)).status).toBe(201);
  });

  it('ends after 24 hours', async () => {
    const { body } = await client.post(`/v1/sites/${siteId}/servers/${serverId}/enrolment-codes`);
    const hours = (Date.parse(body.expiresAt) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThanOrEqual(24);
  });

  it('revokes the earlier agent of the same server', async () => {
    const first = await redeem(await newCode());
    const second = await redeem(await newCode());
    expect(await activeAgents()).toEqual([{ id: second.body.agentId }]);
    expect(first.body.agentId).not.toBe(second.body.agentId);
  });

  it('makes an address wait that goes on guessing, but not one that sends a code too often', async () => {
    const guesser = await startApi();
    try {
      const guess = () =>
        request(guesser.server).post('/v1/enrolments').send({ code: 'guess', publicKey, facts });
      // All of them at the same moment: what is looked up meanwhile is counted as well.
      const answers = await Promise.all(Array.from({ length: 25 }, async () => (await guess()).status));
      expect(answers.filter((status) => status === 403)).toHaveLength(10);
      const stopped = await guess();
      expect(stopped.status).toBe(429);
      expect(Number(stopped.headers['retry-after'])).toBeGreaterThan(0);
      expect(stopped.body.code).toBe('too-many-requests');
    } finally {
      await guesser.close();
    }
  });

  it.each([
    ['a key that is no Ed25519 key', { publicKey: 'short' }, 'publicKey'],
    ['no facts', { facts: undefined }, 'facts'],
    ['an unknown field', { role: 'services' }, 'role'],
    ['an unknown role', { roles: ['gateway'] }, 'roles.0'],
    ['an empty code', { code: '' }, 'code'],
  ])('is refused with %s', async (_, part, field) => {
    const answer = await request(api.server)
      .post('/v1/enrolments')
      .send({ code: 'x', publicKey, facts, ...part });
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map((error: { field: string }) => error.field)).toEqual([field]);
  });
});
