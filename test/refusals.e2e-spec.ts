import net from 'node:net';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type RunningApi } from './support/api.ts';
import { JAPANESE_REFUSALS, NOWHERE } from './support/japanese-refusals.ts';

const target = { name: 'own', check: 'tcp.connect', host: 'a.example.com', port: 80, roles: ['services'] };

describe('a request that cannot be served', () => {
  let api: RunningApi;
  let client: ReturnType<typeof request.agent>;

  beforeAll(async () => {
    api = await startApi();
    client = request.agent(api.server).auth(api.apiKey, { type: 'bearer' });
  });

  afterAll(() => api.close());

  it.each([
    ['an unknown field', { name: 'x', colour: 'red' }, 'colour', /not known here/],
    [
      'an unknown field inside',
      { name: 'x', targets: { imap: { host: 'h', port: 1, tls: true } } },
      'targets.imap.tls',
      /not known/,
    ],
    [
      'a port out of range',
      { name: 'x', targets: { imap: { host: 'h', port: 70_000 } } },
      'targets.imap.port',
      /1 to 65535/,
    ],
    [
      'a port that is text',
      { name: 'x', targets: { imap: { host: 'h', port: '993' } } },
      'targets.imap.port',
      /1 to 65535/,
    ],
    [
      'an address for a host',
      { name: 'x', targets: { imap: { host: 'https://h/', port: 1 } } },
      'targets.imap.host',
      /host name/,
    ],
    [
      'an unknown target',
      { name: 'x', targets: { ftp: { host: 'h', port: 21 } } },
      'targets.ftp',
      /not known/,
    ],
    ['an unknown cloud', { name: 'x', cloud: 'moon' }, 'cloud', /worldwide, gcc-high, dod, china/],
    ['no name', {}, 'name', /missing/],
    ['a name of spaces', { name: '   ' }, 'name', /at least one character/],
    ['a name too long', { name: 'x'.repeat(101) }, 'name', /at most 100/],
    ['a name with a NUL', { name: 'a\u0000b' }, 'name', /control characters/],
    ['a name with half a character', { name: 'a\ud83d' }, 'name', /broken Unicode/],
    ['a name that nobody sees', { name: '\u200b\u3164' }, 'name', /can be seen/],
    ['a name of another direction', { name: 'a\u202ecod' }, 'name', /can be seen/],
    ['a name with a soft hyphen in it', { name: 'head\u00adoffice' }, 'name', /can be seen/],
    ['a name with a joiner between letters', { name: 'head\u200doffice' }, 'name', /can be seen/],
    [
      'an issuer with a mark of direction',
      { name: 'x', expectedIssuers: ['Corp\u200e'] },
      'expectedIssuers.0',
      /can be seen/,
    ],
    ['a number for a name', { name: 7 }, 'name', /of type string/],
    ['rounds every second', { name: 'x', everySeconds: 1 }, 'everySeconds', /10 to 86400/],
    ['rounds every half second', { name: 'x', everySeconds: 10.5 }, 'everySeconds', /10 to 86400/],
    [
      'no URL for an external URL',
      { name: 'x', externalUrl: 'ece.example.com' },
      'externalUrl',
      /https:\/\/ece/,
    ],
    [
      'a file for an external URL',
      { name: 'x', externalUrl: 'file:///etc/passwd' },
      'externalUrl',
      /https:\/\/ece/,
    ],
    [
      'a password in the external URL',
      { name: 'x', externalUrl: 'https://u:p@ece.example.com' },
      'externalUrl',
      /without a user name/,
    ],
    ['a client id that is no GUID', { name: 'x', clientId: 'abc' }, 'clientId', /GUID/],
    [
      'a further target with a standard name',
      { name: 'x', extraTargets: [{ ...target, name: 'imap' }] },
      'extraTargets.0.name',
      /standard target/,
    ],
    [
      'two further targets of one name',
      { name: 'x', extraTargets: [target, target] },
      'extraTargets',
      /once/,
    ],
    [
      'a check that does not exist',
      { name: 'x', extraTargets: [{ ...target, check: 'ssh.login' }] },
      'extraTargets.0.check',
      /imap\.tls/,
    ],
    [
      'a further target without roles',
      { name: 'x', extraTargets: [{ ...target, roles: [] }] },
      'extraTargets.0.roles',
      /role/,
    ],
    ['a list for a body', [], 'body', /JSON object/],
    ['null for a body', 'null', 'body', /JSON object/],
  ])('is told the field and the remedy: %s', async (_, sent, field, remedy) => {
    const answer = await client
      .post('/v1/sites')
      .set('content-type', 'application/json')
      .send(sent as object);
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ code: 'validation', status: 400, requestId: expect.any(String) });
    expect(answer.body.errors).toEqual([{ field, message: expect.stringMatching(remedy) }]);
    expect(answer.body.detail).toContain(field);
  });

  it('is told every field that is wrong, in one answer', async () => {
    const { body } = await client.post('/v1/sites').send({ cloud: 'moon', everySeconds: 0, colour: 1 });
    const fields = body.errors.map((error: { field: string }) => error.field);
    expect(fields.toSorted()).toEqual(['cloud', 'colour', 'everySeconds', 'name']);
  });

  it('is refused for a name that looks like another, whatever its case, its blanks or how its letters are made', async () => {
    await client.post('/v1/sites').send({ name: 'Café 大阪 👩‍💻 x' }).expect(201);
    for (const name of ['CAFÉ 大阪 👩‍💻 X', 'Café 大阪 👩‍💻 x'.normalize('NFD'), 'Café\u00a0大阪 👩‍💻\u2009x'])
      expect((await client.post('/v1/sites').send({ name })).body).toMatchObject({ code: 'conflict' });
    const { body } = await client.post('/v1/sites').send({ name: 'Cafe\u0301 kyoto' }).expect(201);
    expect(body.name).toBe('Café kyoto');
    await client.delete(`/v1/sites/${body.id}`).query({ name: 'Cafe\u0301 kyoto' }).expect(204);
  });

  it('is refused for an address with what a page or a mail hides in it', async () => {
    const { body } = await client.post('/v1/sites').send({ name: 'hidden' }).expect(201);
    for (const address of [
      'sales@example.com\u200b',
      '\u202asales@example.com\u202c',
      'sa\u00adles@example.com',
    ]) {
      const answer = await client.post(`/v1/sites/${body.id}/mailboxes`).send({ address }).expect(400);
      expect(answer.body.errors).toEqual([
        { field: 'address', message: expect.stringMatching(/can be seen/) },
      ]);
    }
  });

  it.each([
    ['malformed JSON', '{"name": ', 'application/json', 400, 'validation'],
    ['an empty JSON body', '', 'application/json', 400, 'validation'],
    ['a __proto__ key', '{"name":"x","__proto__":{"admin":true}}', 'application/json', 400, 'validation'],
    ['plain text', 'name=x', 'text/plain', 415, 'unsupported-media-type'],
    ['a form', 'name=x', 'application/x-www-form-urlencoded', 415, 'unsupported-media-type'],
    ['XML', '<name/>', 'application/xml', 415, 'unsupported-media-type'],
    ['2 MB', JSON.stringify({ name: 'x'.repeat(2_000_000) }), 'application/json', 413, 'payload-too-large'],
  ])('is a problem with a remedy when the body is %s', async (_, body, type, status, code) => {
    const answer = await client.post('/v1/sites').set('content-type', type).send(body);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ code, status, detail: expect.any(String) });
  });

  it.each([
    ['GET', '/v1/sites/not-a-uuid', 400, 'validation', 'siteId'],
    ['GET', `/v1/sites/${NOWHERE}/servers/42`, 400, 'validation', 'serverId'],
    ['DELETE', '/v1/api-keys/x', 400, 'validation', 'keyId'],
    ['GET', '/v1/sites?limit=0', 400, 'validation', 'limit'],
    ['GET', '/v1/sites?limit=501', 400, 'validation', 'limit'],
    ['GET', '/v1/sites?limit=many', 400, 'validation', 'limit'],
    ['GET', '/v1/sites?limit=1&limit=2', 400, 'validation', 'limit'],
    ['GET', '/v1/sites?colour=red', 400, 'validation', 'colour'],
    ['GET', '/v1/sites?cursor=zz', 400, 'validation', 'cursor'],
    ['GET', `/v1/sites?cursor=${Buffer.from('["x"]').toString('base64url')}`, 400, 'validation', 'cursor'],
    ['GET', `/v1/checks?cursor=${Buffer.from('[-1]').toString('base64url')}`, 400, 'validation', 'cursor'],
    ['GET', '/v1/nothing', 404, 'not-found', undefined],
    ['PUT', '/v1/sites', 405, 'method-not-allowed', undefined],
    ['GET', `/v1/sites/${'a'.repeat(5_000)}`, 404, 'not-found', undefined],
    ['GET', `/v1/sites/${NOWHERE}`, 404, 'not-found', undefined],
  ])('is a problem: %s %s', async (method, path, status, code, field) => {
    const answer = await client[method.toLowerCase() as 'get'](path);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body.code).toBe(code);
    expect(answer.body.errors?.[0]?.field).toBe(field);
  });

  it('is a problem when its path cannot be decoded', async () => {
    const { port } = api.server.address() as net.AddressInfo;
    const answer = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = net.connect(port, '127.0.0.1', () =>
        socket.write('GET /v1/sites/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
      );
      socket.on('data', (data) => (text += data.toString()));
      socket.on('end', () => resolve(text));
      socket.on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('application/problem+json');
  });

  describe('in Japanese', () => {
    let site: string;
    let server: string;

    beforeAll(async () => {
      site = `/v1/sites/${(await client.post('/v1/sites').send({ name: 'Refused' }).expect(201)).body.id}`;
      const sent = { name: 'svc01', roles: ['services'] };
      server = `${site}/servers/${(await client.post(`${site}/servers`).send(sent).expect(201)).body.id}`;
    });

    it.each(JAPANESE_REFUSALS)('says one of the group %s (%s)', async (_, _kind, request, detail) => {
      const [method, path, sent] = request({ site, server });
      const answer = await client[method as 'post'](path)
        .set('accept-language', 'ja')
        .set('content-type', 'application/json')
        .send(Array.isArray(sent) ? (sent as string[]).join('') : sent);
      expect(answer.headers['content-language']).toBe('ja');
      expect(answer.body.detail).toBe(detail);
    });
  });

  it('hides what a fault inside was, and gives an id to ask for', async () => {
    await api.database.query('alter table sites rename to sites_away');
    try {
      const { status, body, text } = await client.get('/v1/sites');
      expect(status).toBe(500);
      expect(body).toMatchObject({ code: 'internal', requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
      expect(text).not.toMatch(/sites_away|relation|select|QueryFailed/);
    } finally {
      await api.database.query('alter table sites_away rename to sites');
    }
  });
});
