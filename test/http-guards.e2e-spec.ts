import type { Server } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApi, type RunningApi } from './support/api.ts';

let api: RunningApi;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

describe('whoever comes over HTTP', () => {
  it('believes X-Forwarded-For of the proxies that were set, and bounds a key from however many addresses', async () => {
    const env = { MAILPATH_REQUESTS_PER_MINUTE: '60' };
    const send = (server: Server, key: string, from: number) =>
      request(server)
        .get('/v1/session')
        .set('x-forwarded-for', `203.0.113.${from}`)
        .auth(key, { type: 'bearer' });
    const [alone, behind] = await Promise.all(
      ['192.0.2.1', '127.0.0.0/8'].map((proxies) =>
        startApi({ database: api.database, env: { ...env, MAILPATH_TRUSTED_PROXIES: proxies } }),
      ),
    );
    const refusals = async ({ server, apiKey }: RunningApi): Promise<string[]> => {
      const answers = await Promise.all(
        Array.from({ length: 80 }, async (_, i) => send(server, apiKey, i + 1)),
      );
      return answers.filter(({ status }) => status === 429).map(({ body }) => body.detail as string);
    };
    try {
      const ofAddress = await refusals(alone as RunningApi);
      expect(ofAddress.length).toBeGreaterThan(0);
      expect(ofAddress.every((detail) => detail.includes('from this address'))).toBe(true);
      // Put back by an hour, the time of day holds up nobody for longer than the limit does.
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 });
      const flood = Array.from({ length: 80 }, async () =>
        request((alone as RunningApi).server).get('/health/live'),
      );
      const waits = (await Promise.all(flood))
        .filter(({ status }) => status === 429)
        .map(({ headers }) => Number(headers['retry-after']));
      vi.useRealTimers();
      expect(waits.length).toBeGreaterThan(0);
      expect(waits.filter((seconds) => !(seconds >= 1 && seconds <= 60))).toEqual([]);
      const ofKey = await refusals(behind as RunningApi);
      expect(ofKey.length).toBeGreaterThan(0);
      expect(ofKey.every((detail) => detail.includes('of this key or user'))).toBe(true);
    } finally {
      vi.useRealTimers();
      await Promise.all([alone?.close(), behind?.close()]);
    }
  });

  it('has its headers on every answer, whatever it is', async () => {
    const answers = [
      ['get', '/docs'],
      ['get', '/docs/swagger-ui-bundle.js'],
      ['get', '/openapi.json'],
      ['get', '/v1/sign-ins/callback?state=x'],
      ['get', '/v1/sign-ins/start?ticket=x'],
      ['get', '/health/ready'],
      ['get', '/v1/nothing'],
      ['get', '/%'],
      ['get', '/'],
      ['delete', '/health/live'],
      ['options', '/v1/sites'],
      ['post', '/v1/enrolments'],
    ] as const;
    for (const [method, path] of answers) {
      const { headers } = await request(api.server)[method](path);
      expect({ path, ...headers }).toMatchObject({
        path,
        'content-security-policy': expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
      });
    }
  });

  it('says how many requests are left, and refuses an address that sends too many', async () => {
    const limited = await startApi({ database: api.database, env: { MAILPATH_REQUESTS_PER_MINUTE: '60' } });
    try {
      const send = () => request(limited.server).get('/health/live');
      const first = await send();
      expect(first.headers).toMatchObject({ 'ratelimit-limit': '60', 'ratelimit-remaining': '59' });
      const answers = await Promise.all(Array.from({ length: 60 }, send));
      const refused = answers.find(({ status }) => status === 429);
      expect(refused?.body).toMatchObject({ code: 'too-many-requests', status: 429 });
      expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
    } finally {
      await limited.close();
    }
  });
});

describe('a body of JSON', () => {
  const send = async (body: string | Uint8Array, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${api.url}/v1/sites`, {
      method: 'POST',
      headers: { authorization: `Bearer ${api.apiKey}`, 'content-type': 'application/json', ...headers },
      body: body as BodyInit,
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const refused = async (...sent: Parameters<typeof send>) => {
    const { status, body } = await send(...sent);
    const errors = (body['errors'] ?? []) as { field: string; message: string }[];
    return { status, fields: errors.map(({ field }) => field), told: JSON.stringify(body) };
  };

  it('is kept as it was meant, or refused: what is not UTF-8 is neither guessed at nor replaced', async () => {
    const name = '大阪 café';
    for (const headers of [{}, { 'content-type': 'application/json; charset="UTF-8"' }]) {
      const { status, body } = await send(
        JSON.stringify({ name: `${name} ${Object.keys(headers).length}` }),
        headers,
      );
      expect([status, body['name']]).toEqual([201, `${name} ${Object.keys(headers).length}`]);
    }
    const latin1 = Buffer.from('{"name":"café"}', 'latin1');
    const utf16 = Buffer.from('\ufeff{"name":"café"}', 'utf16le');
    for (const bytes of [latin1, utf16])
      expect(await refused(bytes)).toMatchObject({
        status: 400,
        fields: ['body'],
        told: expect.stringContaining('charset=utf-8'),
      });
    for (const charset of ['iso-8859-1', 'utf-16', '"windows-1252"', 'shift_jis'])
      expect(await refused(latin1, { 'content-type': `application/json; charset=${charset}` })).toMatchObject(
        { status: 415, told: expect.stringContaining('charset=utf-8') },
      );
  });

  it('is refused by the name of what is wrong with it: twice the same field, names that are no fields', async () => {
    const cases = [
      ['{"name":"one","cloud":"china","name":"other"}', ['name']],
      ['{"name":"one","targets":{"imap":{"host":"a.example","port":1,"port":2}}}', ['port']],
      ['{"name":"one","constructor":1}', ['constructor']],
      ['{"name":"one","toString":1,"prototype":{}}', ['toString', 'prototype']],
      ['{"name":"one","targets":{"constructor":{"host":"a","port":1}}}', ['targets.constructor']],
      ['{"name":"one","__proto__":{}}', ['body']],
    ] as const;
    for (const [body, fields] of cases)
      expect([body, await refused(body)]).toEqual([body, expect.objectContaining({ status: 400, fields })]);
    expect((await refused('{"__proto__":{}}')).told).toContain('__proto__');
  });

  it('is unpacked as its header says, or refused by that header', async () => {
    for (const [encoding, status] of [
      ['foo', 415],
      ['gzip', 400],
    ] as const)
      expect(await refused('{"name":"x"}', { 'content-encoding': encoding })).toMatchObject({
        status,
        told: expect.stringContaining('Content-Encoding'),
      });
  });
});

describe('what is no HTTP', () => {
  it.each([
    ['a method that nobody has', 'FOO / HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n',
      400,
    ],
    ['endless header lines', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
  ])('is refused in the form of all refusals: %s', async (_, sent, status) => {
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
    socket.write(sent);
    const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
    expect(head).toContain(`HTTP/1.1 ${status} `);
    expect(head).toContain('application/problem+json');
    expect(JSON.parse(body)).toMatchObject({ type: 'about:blank', status, detail: expect.any(String) });
  });
});
