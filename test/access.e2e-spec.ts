import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type RunningApi } from './support/api.ts';

interface Operation {
  security?: unknown[];
}
type Document = { paths: Record<string, Record<string, Operation>> };

/** Open to everybody, and nothing else may be. */
const PUBLIC = [
  'GET /health/live',
  'GET /health/ready',
  'GET /v1/downloads',
  'GET /v1/session/offer',
  'GET /v1/session/openid',
  'GET /v1/session/openid/callback',
  'GET /v1/sign-ins/callback',
  'GET /v1/sign-ins/start',
  'POST /v1/agents/batches',
  'POST /v1/agents/challenges',
  'POST /v1/enrolments',
  'POST /v1/session',
  'POST /v1/sign-ins/start',
];
const UNKNOWN_KEY = `mpk_${'A'.repeat(43)}`;

describe('access to the API', () => {
  let api: RunningApi;
  let operations: { method: string; path: string; open: boolean }[];

  beforeAll(async () => {
    api = await startApi();
    const { body } = (await request(api.server).get('/openapi.json')) as { body: Document };
    operations = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { security }]) => ({
        method: method.toUpperCase(),
        path,
        open: security?.length === 0,
      })),
    );
  });

  afterAll(() => api.close());

  const call = (method: string, path: string, authorization?: string) => {
    const url = path.replace(/\{\w+\}/g, '01a20bac-7abe-74ff-a112-9ae128132374');
    const sent = request(api.server)[method.toLowerCase() as 'get'](url);
    return authorization === undefined ? sent : sent.set('authorization', authorization);
  };

  it('is refused without a key at every operation but the public ones', async () => {
    const refused: string[] = [];
    for (const { method, path } of operations) {
      const { status } = await call(method, path);
      if (status === 401) refused.push(`${method} ${path}`);
    }
    const all = operations.map(({ method, path }) => `${method} ${path}`);
    expect(all.filter((each) => !refused.includes(each)).toSorted()).toEqual(PUBLIC);
  });

  it('is described in the document as it is', () => {
    const open = operations.filter((each) => each.open).map(({ method, path }) => `${method} ${path}`);
    expect(open.toSorted()).toEqual(PUBLIC);
  });

  it.each([
    ['no header', undefined],
    ['an unknown key', `Bearer ${UNKNOWN_KEY}`],
    ['a key of the wrong form', 'Bearer hello'],
    ['another scheme', 'Basic dXNlcjpwYXNz'],
    ['an empty bearer', 'Bearer '],
    ['a header of 8 kB', `Bearer ${'x'.repeat(8_000)}`],
  ])('answers %s with 401, a problem, and how to authenticate', async (_, header) => {
    const answer = await call('GET', '/v1/sites', header);
    expect(answer.status).toBe(401);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
    expect(answer.body).toMatchObject({ status: 401, code: 'unauthorized', title: 'Unauthorized' });
    expect(answer.body.detail).toContain('Authorization: Bearer');
  });

  it('lets a valid key in, and takes the key from nowhere but the header', async () => {
    expect((await call('GET', '/v1/sites', `Bearer ${api.apiKey}`)).status).toBe(200);
    expect((await request(api.server).get(`/v1/sites?key=${api.apiKey}`)).status).toBe(401);
    expect((await request(api.server).get('/v1/sites').set('cookie', `key=${api.apiKey}`)).status).toBe(401);
  });

  it('opens the document and the reference page to everybody, which asks no other host for anything', async () => {
    const page = await request(api.server).get('/docs');
    expect(page.status).toBe(200);
    expect(page.text).toContain('Mailpath API');
    const linked = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link as string);
    expect(linked.length).toBeGreaterThan(3);
    for (const link of linked) {
      expect(link).not.toMatch(/^(https?:)?\/\//);
      const { status } = await request(api.server).get(new URL(link, `${api.url}/docs`).pathname);
      expect({ link, status }).toEqual({ link, status: 200 });
    }
  });

  it('sends the headers that keep answers out of caches, frames and guesses', async () => {
    const { headers } = await call('GET', '/v1/sites', `Bearer ${api.apiKey}`);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });
});
