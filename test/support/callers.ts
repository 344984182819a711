import { createPublicKey, sign } from 'node:crypto';
import request from 'supertest';
import type { RunningApi } from './api.ts';
import { client } from './mail-site.ts';
import { enrolServer } from './scripted-agent.ts';

export const ROLES = ['viewer', 'operator', 'administrator'] as const;

/** What a caller sends with every request. */
export type Sent = Record<string, string>;

interface Sites {
  readonly siteId: string;
  readonly otherSiteId: string;
}

const SAME_ORIGIN = { 'sec-fetch-site': 'same-origin' };
const PASSWORD = 'correct horse battery staple';

export const bearer = (key: string): Sent => ({ authorization: `Bearer ${key}` });

/** Makes users, keys and sessions of every kind, the way that an administrator does. */
export class CallerMaker {
  readonly #api: RunningApi;
  readonly #sites: Sites;

  constructor(api: RunningApi, sites: Sites) {
    this.#api = api;
    this.#sites = sites;
  }

  async key(name: string, body: object = {}): Promise<{ id: string; key: string }> {
    const made = await client(this.#api)
      .post('/v1/api-keys')
      .send({ name, ...body })
      .expect(201);
    return made.body as { id: string; key: string };
  }

  async user(name: string, body: object = {}): Promise<string> {
    const made = await client(this.#api)
      .post('/v1/users')
      .send({ name, password: PASSWORD, ...body })
      .expect(201);
    return (made.body as { id: string }).id;
  }

  /** The cookie of a session, opened by the password of a user or by a key. */
  async cookie(opening: { user: string } | { key: string }): Promise<string> {
    const sent = 'user' in opening ? { name: opening.user, password: PASSWORD } : { key: opening.key };
    const { headers } = await request(this.#api.server).post('/v1/session').send(sent).expect(204);
    return (headers['set-cookie'] as unknown as string[])[0]?.split(';')[0] ?? '';
  }

  /** Each role at each place, once as a program and twice as a browser: of a user, and of the program's key. */
  async withRoles(): Promise<[name: string, row: string, sent: Sent][]> {
    const { siteId, otherSiteId } = this.#sites;
    const made: [string, string, Sent][] = [];
    for (const role of ROLES)
      for (const [place, site] of [
        ['this site', siteId],
        ['another site', otherSiteId],
        ['the whole', null],
      ] as const) {
        const row = `${role} of ${place}`;
        const { key } = await this.key(row, { role, siteId: site });
        await this.user(row, site === null ? { role } : { sites: [{ siteId: site, role }] });
        made.push([`the key of a ${row}`, row, bearer(key)]);
        made.push([`a user, ${row}`, row, { cookie: await this.cookie({ user: row }), ...SAME_ORIGIN }]);
        made.push([
          `a browser with the key of a ${row}`,
          row,
          { cookie: await this.cookie({ key }), ...SAME_ORIGIN },
        ]);
      }
    await this.user('nowhere');
    made.push([
      'a user without a role',
      'no role',
      { cookie: await this.cookie({ user: 'nowhere' }), ...SAME_ORIGIN },
    ]);
    return made;
  }

  /** Credentials that were an administrator's of the whole until they ended. */
  async ended(): Promise<[name: string, sent: Sent][]> {
    const { server, database } = this.#api;
    const revoked = await this.key('revoked');
    const ofRevoked = await this.cookie(revoked);
    await client(this.#api).delete(`/v1/api-keys/${revoked.id}`).expect(204);
    const expired = await this.key('expired');
    const ofExpired = await this.cookie(expired);
    await database.query(`update api_keys set expires_at = now() - interval '1 minute' where id = $1`, [
      expired.id,
    ]);

    const gone = await this.user('gone', { role: 'administrator' });
    const ofGone = await this.cookie({ user: 'gone' });
    await client(this.#api).delete(`/v1/users/${gone}`).expect(204);
    const old = await this.user('old', { role: 'administrator' });
    const ofOld = await this.cookie({ user: 'old' });
    await database.query(`update sessions set expires_at = now() - interval '1 minute' where user_id = $1`, [
      old,
    ]);
    const signedOut = await this.cookie({ user: 'old' });
    await request(server)
      .delete('/v1/session')
      .set({ cookie: signedOut, ...SAME_ORIGIN })
      .expect(204);
    const changed = await this.cookie({ user: 'old' });
    await client(this.#api)
      .patch(`/v1/users/${old}`)
      .send({ password: `${PASSWORD}s` })
      .expect(200);

    const browser = (cookie: string): Sent => ({ cookie, ...SAME_ORIGIN });
    return [
      ['a revoked key', bearer(revoked.key)],
      ['an expired key', bearer(expired.key)],
      ['a session of a revoked key', browser(ofRevoked)],
      ['a session of an expired key', browser(ofExpired)],
      ['a session of a user who has ended', browser(ofGone)],
      ['a session that has expired', browser(ofOld)],
      ['a session that was signed out', browser(signedOut)],
      ['a session of before a new password', browser(changed)],
    ];
  }

  /** What an agent has: it opens the socket by a signature, and nothing here. */
  async ofAgents(): Promise<[name: string, sent: Sent][]> {
    const { siteId } = this.#sites;
    const { agentId, serverId, privateKey } = await enrolServer(this.#api, siteId, 'app01');
    const { body } = await client(this.#api)
      .post(`/v1/sites/${siteId}/servers/${serverId}/enrolment-codes`)
      .expect(201);
    const publicKey = createPublicKey(privateKey)
      .export({ format: 'der', type: 'spki' })
      .toString('base64url');
    return [
      ["an agent's id", bearer(agentId)],
      ["an agent's public key", bearer(publicKey)],
      ["an agent's signature", bearer(sign(null, Buffer.from(agentId), privateKey).toString('base64url'))],
      ['an enrolment code', bearer((body as { code: string }).code)],
    ];
  }
}
