import type { Server } from 'node:http';
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
