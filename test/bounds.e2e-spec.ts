import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { Client } from 'pg';
import request from 'supertest';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Clock } from '../apps/api/src/platform/clock.ts';
import { type RunningApi, startApi } from './support/api.ts';
import {
  createSite,
  deliveriesFrom,
  enrolServer,
  type Identity,
  ScriptedAgent,
} from './support/scripted-agent.ts';

let api: RunningApi;
let siteId: string;
let app01: Identity;
let agent: ScriptedAgent;
let sequence = 0;

beforeAll(async () => {
  api = await startApi();
  siteId = await createSite(api, { name: 'bounds' });
  app01 = await enrolServer(api, siteId, 'app01');
  agent = await ScriptedAgent.join(api.url, app01);
});
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  await agent.leave();
  await api.close();
});

const get = (path: string) =>
  request(api.server).get(`/v1/sites/${siteId}${path}`).auth(api.apiKey, { type: 'bearer' });

/** Whatever else is going on: what this agent reports is acknowledged. */
async function isAcknowledged(): Promise<void> {
  sequence += 1;
  expect((await agent.deliver(deliveriesFrom(sequence, 1))).sequence).toBe(sequence);
}

describe('reads that take too long', () => {
  it('hold connections of their own: batches are acknowledged meanwhile, and whoever is too many is told so', async () => {
    const blocker = new Client({ connectionString: api.database.url });
    await blocker.connect();
    await blocker.query('begin');
    await blocker.query('lock table external_tests in access exclusive mode');
    const reads = Array.from({ length: 20 }, async () => get('/checklist'));
    const waiting = () =>
      api.database.query(
        `select 1 from pg_stat_activity where application_name = 'mailpath-requests' and wait_event_type = 'Lock'
         and datname = current_database()`,
      );
    await expect.poll(async () => (await waiting()).length).toBe(8);
    for (let i = 0; i < 5; i += 1) await isAcknowledged();
    expect(await waiting()).toHaveLength(8);
    await request(api.server).get('/health/ready').expect(200);
    const answers = await Promise.all(reads);
    await blocker.end();
    // Eight by the time limit of a statement, the others by that of getting a connection.
    for (const { status, body, headers } of answers)
      expect([status, body.code, headers['retry-after']]).toEqual([503, 'unavailable', '5']);
    await get('/checklist').expect(200);
  });
});

/** A client that speaks HTTP byte by byte. */
function raw(text: string): Socket {
  const { port } = api.server.address() as AddressInfo;
  const socket = net.connect(port, '127.0.0.1', () => socket.write(text));
  // Being cut off is what some of them are for.
  return socket.on('error', () => undefined);
}
const firstLine = async (socket: Socket): Promise<string> => {
  const [data] = (await once(socket, 'data')) as [Buffer];
  return data.toString('latin1').split('\r\n', 1)[0] ?? '';
};
const ended = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    if (socket.closed) resolve('ended');
    else socket.once('close', () => resolve('ended'));
  });

describe('an agent that has joined and means harm', () => {
  it.each<[string, number, RegExp, (harmful: ScriptedAgent) => void]>([
    [
      'sends a message without an end',
      1009,
      /^/,
      ({ socket }) => {
        for (let i = 0; i < 300; i += 1) socket.send('x'.repeat(1_024), { fin: false });
      },
    ],
    [
      'sends a message in more parts than any is made of',
      1008,
      /^/,
      ({ socket }) => {
        for (let i = 0; i < 20_000; i += 1) socket.send('x', { fin: false });
      },
    ],
    [
      'sends pings and reads no answer',
      1008,
      /pings/,
      ({ socket }) => {
        for (let i = 0; i < 5_000; i += 1) socket.ping('p'.repeat(125));
      },
    ],
    [
      'sends batches and waits for no answer',
      1008,
      /too much at a time/,
      (harmful) => {
        for (let i = 0; i < 500; i += 1)
          harmful.send('results', { boot: harmful.boot, deliveries: deliveriesFrom(1, 1) });
      },
    ],
  ])('is cut off when it %s', async (what, code, reason, act) => {
    const harmful = await ScriptedAgent.join(
      api.url,
      await enrolServer(api, siteId, what.replaceAll(' ', '-').slice(0, 60)),
    );
    act(harmful);
    expect(await harmful.closed()).toEqual({ code, reason: expect.stringMatching(reason) });
    await isAcknowledged();
  });

  it('is told to wait when it joins again and again', async () => {
    const identity = await enrolServer(api, siteId, 'restless01');
    const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now());
    const codes = new Set<number>();
    for (let i = 0; i < 200 && !codes.has(4429); i += 1) {
      const restless = await ScriptedAgent.connect(api.url);
      await restless.sendJoin(identity);
      const end = await Promise.race([
        restless.closed(),
        restless.next('welcome').then(
          () => null,
          () => restless.closed(),
        ),
      ]);
      if (end === null) await restless.leave();
      else codes.add(end.code);
    }
    clock.mockRestore();
    expect([...codes]).toEqual([4429]);
    await isAcknowledged();
  });

  it('is offered no compression, so that nothing small becomes large', async () => {
    const upgrade = raw(
      [
        'GET /v1/agents/socket HTTP/1.1',
        'Host: a',
        'Upgrade: websocket',
        'Connection: Upgrade',
        'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Extensions: permessage-deflate',
        '\r\n',
      ].join('\r\n'),
    );
    const [data] = (await once(upgrade, 'data')) as [Buffer];
    const head = data.toString('latin1').split('\r\n\r\n', 1)[0] ?? '';
    expect(head).toMatch(/^HTTP\/1\.1 101 /);
    expect(head).not.toMatch(/sec-websocket-extensions/i);
    upgrade.destroy();
  });
});

describe('callers that are slow', () => {
  const beginning = (bytes: number) =>
    `POST /v1/enrolments HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${bytes}\r\n\r\n{"code": "`;

  it('may begin only so many bodies, and are told 429; small ones of others have room when they are through', async () => {
    const slow: Socket[] = [];
    for (let i = 0; i < 16; i += 1) {
      const arrived = once(api.server, 'request');
      slow.push(raw(beginning(1_000_000)));
      await arrived;
    }
    const refused = raw(beginning(1_000_000));
    expect(await firstLine(refused)).toBe('HTTP/1.1 429 Too Many Requests');
    expect(await ended(refused)).toBe('ended');
    const chunked = raw(
      'POST /v1/enrolments HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n',
    );
    expect(await firstLine(chunked)).toBe('HTTP/1.1 429 Too Many Requests');
    await isAcknowledged();
    for (const socket of [...slow, chunked]) socket.destroy();
    await expect
      .poll(async () => (await request(api.server).post('/v1/enrolments').send({})).status)
      .toBe(400);
  });

  it('keep nobody out by connections on which they say nothing', async () => {
    const silent: Socket[] = [];
    for (let i = 0; i < 257; i += 1) {
      const socket = raw('');
      silent.push(socket);
      await once(api.server, 'connection');
    }
    expect(await ended(silent[0] as Socket)).toBe('ended');
    await request(api.server).get('/health/live').expect(200);
    await isAcknowledged();
    for (const socket of silent) socket.destroy();
  });
});

/** Another set of checks for each number, so that no request joins the run of another. */
const subset = (checks: readonly string[], n: number): string[] =>
  checks.filter((_, bit) => ((n % (2 ** checks.length - 1)) + 1) & (1 << bit));

describe('whoever asks for runs without an end', () => {
  it('begins so many a minute, joins the one that waits, and is told when the next may begin', async () => {
    // However slow the machine is, it all happens within a minute.
    const clock = vi.spyOn(api.app.get(Clock), 'now').mockReturnValue(new Date());
    const { tasks } = await agent.next('assignment');
    const checks = [...new Set(tasks.map(({ check }) => check))];
    const away: string[] = [];
    for (let i = 1; i <= 3; i += 1) away.push((await enrolServer(api, siteId, `away0${i}`)).serverId);
    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_, n) =>
        request(api.server)
          .post(`/v1/sites/${siteId}/runs`)
          .auth(api.apiKey, { type: 'bearer' })
          .send({
            serverIds: [app01.serverId, ...away.filter((_id, bit) => (n >> bit) & 1)],
            checks: subset(checks, n >> away.length),
          }),
      ),
    );
    clock.mockRestore();
    const [counted] = await api.database.query<{ n: number }>(
      `select count(*)::int as n from runs where site_id = $1
       and requested_at > (select max(requested_at) from runs where site_id = $1) - interval '1 minute'`,
      [siteId],
    );
    expect(counted?.n).toBe(60);
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 202 || status === 429)).toHaveLength(200);
    const waits = refused.map(({ headers }) => Number(headers['retry-after']));
    expect(waits.filter((seconds) => !(seconds >= 1 && seconds <= 60))).toEqual([]);
    await isAcknowledged();
  });
});
