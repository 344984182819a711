import { once } from 'node:events';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import WebSocket from 'ws';
import { AGENT_SOCKET_PATH, CLOSE } from '@mailpath/protocol';
import { startApi, type RunningApi } from './support/api.ts';

interface Line {
  time: string;
  level: string;
  event: string;
  [field: string]: unknown;
}

const SECRET = 'Tr0ub4dor-and-a-long-tail';

describe('the log of the API', () => {
  let api: RunningApi;
  const written: string[] = [];

  beforeAll(async () => {
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    api = await startApi({ env: { MAILPATH_LOG_LEVEL: 'debug' } });
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await api.close();
  });

  const lines = (): Line[] => written.map((text) => JSON.parse(text) as Line);
  const lineOf = (found: (line: Line) => boolean): Promise<Line> =>
    vi.waitFor(() => lines().find(found) ?? expect.fail('no such line yet'), {
      timeout: 120_000,
      interval: 20,
    });

  it.each([
    ['a read', 'GET', '/v1/sites', 200, '/v1/sites'],
    ['a change', 'POST', '/v1/sites', 201, '/v1/sites'],
    ['a refusal', 'GET', `/v1/sites/nonsense?code=${SECRET}`, 400, '/v1/sites/:siteId'],
    ['no such path', 'GET', `/nowhere?password=${SECRET}`, 404, '(no route)'],
    ['a callback with a code', 'GET', `/v1/sign-ins/answer?code=${SECRET}`, 404, '(no route)'],
  ])('tells of %s by its route, and with the id of its answer', async (name, method, path, status, route) => {
    const call = method === 'GET' ? request(api.server).get(path) : request(api.server).post(path);
    const answer = await call
      .auth(api.apiKey, { type: 'bearer' })
      .set('x-request-id', `from "the" proxy:\t${name}`)
      .send(method === 'GET' ? undefined : { name });
    expect(answer.status).toBe(status);
    const id = answer.headers['x-request-id'] as string;
    expect(await lineOf((line) => line.event === 'answered' && line['requestId'] === id)).toMatchObject({
      level: 'debug',
      method,
      status,
      route,
      callerRequestId: `fromtheproxy:${name.replaceAll(' ', '')}`,
    });
  });

  it('tells of a connection by the id that the agent was given', async () => {
    const socket = new WebSocket(new URL(AGENT_SOCKET_PATH, api.url.replace('http', 'ws')));
    const [upgraded, challenged] = [once(socket, 'upgrade'), once(socket, 'message')];
    const [{ headers }] = (await upgraded) as [{ headers: Record<string, string> }];
    await challenged;
    const closed = once(socket, 'close');
    socket.send('no JSON');
    expect(((await closed) as [number])[0]).toBe(CLOSE.badFrame);
    expect(headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
    await lineOf((line) => line.event === 'bad-frame' && line['connectionId'] === headers['x-request-id']);
  });

  it('writes nothing but lines with time, level and event, and no secret', () => {
    expect(lines().length).toBeGreaterThan(5);
    for (const line of lines())
      expect(line).toMatchObject({
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        level: expect.stringMatching(/^(?:debug|info|warn)$/),
        event: expect.stringMatching(/^[a-z][a-z-]*$/),
      });
    expect(written.join('')).not.toContain(SECRET);
    expect(written.join('')).not.toContain(api.apiKey);
  });
});
