import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Run } from '../apps/api/src/work/runs/run.ts';
import { createDatabase, type FreshDatabase, type RunningApi, startApi } from './support/api.ts';
import {
  addMailbox,
  answer,
  client,
  CLIENT_SECRET,
  comeBack,
  createMailSite,
  dump,
  signIn,
  startSignIn,
  tokensFor,
} from './support/mail-site.ts';
import { createSite, enrolServer, type Identity, ScriptedAgent } from './support/scripted-agent.ts';

const SALES = 'sales@example.com';

describe('the client secret of a site', () => {
  let api: RunningApi;
  let siteId: string;
  beforeAll(async () => {
    api = await startApi();
    siteId = await createSite(api, { name: 'secrets' });
  });
  afterAll(() => api.close());

  const path = () => `/v1/sites/${siteId}/client-secret`;

  it('is set, told of in facts, replaced and forgotten; its value is never told', async () => {
    await client(api).get(path()).expect(404);
    await client(api).put(path()).send({ secret: CLIENT_SECRET, expiresOn: '2027-05-31' }).expect(204);
    const { body } = await client(api).get(path()).expect(200);
    expect(body).toEqual({ setAt: expect.any(String), expiresOn: '2027-05-31' });
    await client(api)
      .put(path())
      .send({ secret: `${CLIENT_SECRET}2` })
      .expect(204);
    expect((await client(api).get(path()).expect(200)).body.expiresOn).toBeNull();
    expect(await dump(api)).not.toContain(CLIENT_SECRET);
    await client(api).delete(path()).expect(204);
    await client(api).delete(path()).expect(404);
  });

  it.each<[string, object, RegExp]>([
    ["a secret's id", { secret: '6731de76-14a6-49ae-97bc-6eba6914391e' }, /AADSTS7000215; write the value/],
    ['a short text', { secret: 'x' }, /secret: write the value/],
    ['a secret with a line end', { secret: `${CLIENT_SECRET}\n` }, /without blanks or line ends/],
    ['a day that is none', { secret: CLIENT_SECRET, expiresOn: '31.05.2027' }, /expiresOn: write the day/],
    ['no secret', {}, /secret/],
  ])('is not %s', async (_, body, words) => {
    const refused = await client(api).put(path()).send(body).expect(400);
    expect(refused.body.detail).toMatch(words);
    expect(refused.text).not.toContain(CLIENT_SECRET);
  });
});

describe('the key of an installation', () => {
  let home: string;
  let database: FreshDatabase;
  let siteId: string;
  let identities: Record<'svc01' | 'app01', Identity>;

  const withKeyFile = (folder: string) =>
    startApi({ database, env: { MAILPATH_SECRET_KEY: '', MAILPATH_HOME: folder } });

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'mailpath-secrets-'));
    database = await createDatabase();
  });
  afterAll(async () => {
    await database.drop();
    rmSync(home, { recursive: true, force: true });
  });

  it('is made at the first start, and opens after a restart what was sealed before it', async () => {
    const first = await withKeyFile(home);
    siteId = await createMailSite(first);
    await addMailbox(first, siteId, SALES);
    identities = {
      svc01: await enrolServer(first, siteId, 'svc01', ['services']),
      app01: await enrolServer(first, siteId, 'app01', ['application']),
    };
    const app01 = await ScriptedAgent.join(first.url, identities.app01);
    await signIn(first, siteId, SALES, app01, identities.app01.serverId);
    const waiting = await startSignIn(first, siteId, 'support@example.com', identities.app01.serverId);
    await first.close();
    expect(readdirSync(home)).toEqual(['secret-key']);
    expect(statSync(join(home, 'secret-key')).mode & 0o777).toBe(0o600);

    const second = await withKeyFile(home);
    try {
      const svc01 = await ScriptedAgent.join(second.url, identities.svc01);
      await client(second)
        .post(`/v1/sites/${siteId}/runs`)
        .send({ checks: ['token.refresh'] })
        .expect(202);
      const order = await svc01.next('run');
      expect(order.lease).toMatchObject({
        clientSecret: CLIENT_SECRET,
        grant: { refreshToken: `refresh-token-of-${SALES}` },
      });
      await answer(svc01, order, () => ({
        outcome: 'fail',
        failure: { phase: 'token', code: 'denied', message: 'no' },
      }));
      // A sign-in that was waiting goes on too.
      const again = await ScriptedAgent.join(second.url, identities.app01);
      const state = waiting.parameters.get('state') ?? '';
      await comeBack(second, { state, code: 'later' }, waiting.cookie).expect(200);
      const redeeming = await again.next('run');
      again.send('tokens', tokensFor(redeeming, 'support'));
      await answer(again, redeeming);
      const { body } = await client(second).get(`/v1/sites/${siteId}/sign-ins/${waiting.id}`).expect(200);
      expect(body.state).toBe('done');
    } finally {
      await second.close();
    }
  });

  it('has to be the one with which the database was begun: another instance with another key does not start', async () => {
    const env = { MAILPATH_SECRET_KEY: randomBytes(32).toString('base64') };
    await expect(startApi({ database, env })).rejects.toThrow(
      /^The secret key of this instance .*MAILPATH_SECRET_KEY.* is not the one .*Start it with the key of the other instances\..*delete from secret_key_fingerprint.*sign in anew\.$/,
    );
    const rows = await database.query<{ fingerprint: Buffer }>(
      'select fingerprint from secret_key_fingerprint',
    );
    const key = Buffer.from(readFileSync(join(home, 'secret-key'), 'utf8').trim(), 'base64url');
    expect(rows).toHaveLength(1);
    expect(rows[0]?.fingerprint.equals(key)).toBe(false);
  });

  it('is noted once by instances that start at once', async () => {
    const fresh = await createDatabase();
    try {
      const start = (key: Buffer) =>
        startApi({ database: fresh, env: { MAILPATH_SECRET_KEY: key.toString('base64') } });
      const [one, other] = [randomBytes(32), randomBytes(32)];
      const starts = await Promise.allSettled([one, other, one, other].map(start));
      const started = starts.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
      for (const api of started) await api.close();
      expect(started).toHaveLength(2);
    } finally {
      await fresh.drop();
    }
  });

  it('may be another once the first was given up: what it cannot open is said so, with the remedy; holds are still there', async () => {
    await database.query('delete from secret_key_fingerprint');
    const api = await startApi({
      database,
      env: { MAILPATH_SECRET_KEY: randomBytes(32).toString('base64') },
    });
    try {
      const svc01 = await ScriptedAgent.join(api.url, identities.svc01);
      await ScriptedAgent.join(api.url, identities.app01);
      const start = () =>
        client(api)
          .post(`/v1/sites/${siteId}/runs`)
          .send({ checks: ['token.refresh'] });
      const reasons = (run: Run) =>
        run.servers.flatMap(({ withheld }) => withheld.map(({ reason }) => reason));
      const held = Run.parse((await start().expect(202)).body);
      expect(reasons(held)).toContainEqual(expect.stringMatching(/token\.refresh: refused/));

      await database.query('delete from credential_holds');
      const locked = Run.parse((await start().expect(202)).body);
      expect([locked.state, reasons(locked)]).toEqual([
        'done',
        [expect.stringMatching(/client secret .* cannot be opened: the key of Mailpath/)],
      ]);
      expect(svc01.unread('run')).toEqual([]);
      const signingIn = () =>
        client(api)
          .post(`/v1/sites/${siteId}/sign-ins`)
          .send({ userName: SALES, serverId: identities.app01.serverId });
      expect((await signingIn().expect(409)).body.detail).toMatch(
        /cannot be opened.*set the client secret again/,
      );

      await client(api).put(`/v1/sites/${siteId}/client-secret`).send({ secret: CLIENT_SECRET }).expect(204);
      const stillLocked = Run.parse((await start().expect(202)).body);
      expect(reasons(stillLocked)).toEqual([expect.stringMatching(/stored sign-in cannot be opened/)]);
      await signingIn().expect(201);
    } finally {
      await api.close();
    }
  });

  it('ends the start when it cannot be had, with the reason', async () => {
    await expect(withKeyFile('/dev/null/nowhere')).rejects.toThrow(
      /secret-key cannot be .*MAILPATH_SECRET_KEY/,
    );
  });
});
