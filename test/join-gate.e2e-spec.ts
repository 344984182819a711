import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { DataSource } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningApi, startApi } from './support/api.ts';
import { createMigratedDatabase, type FreshDatabase } from './support/database.ts';
import { type DatabaseGate, gateTo } from './support/database-gate.ts';
import { createSite, enrolServer, FACTS, type Identity, ScriptedAgent } from './support/scripted-agent.ts';

/** Of the agent that wants to join; an assignment that is made meanwhile asks for all agents of a site. */
const LOOK_UP = 'WHERE "agent"."id" = $1 and "agent"."revoked_at" is null and "server"."retired_at" is null';
/** What an address may fail with in a minute before its unknown agents are refused unasked. */
const FAILURES = 20;
const JOIN_BYTES = 4 * 1024;
/** Node reads this much of a socket at once: one read is too much, and two more may have been under way. */
const READ_BYTES = 64 * 1024;

let database: FreshDatabase;
let gate: DatabaseGate;
let api: RunningApi;
let siteId: string;
let app01: Identity;

/** What an address may do is counted in the process: each test begins with one that has counted nothing. */
beforeEach(async () => {
  database = await createMigratedDatabase();
  gate = await gateTo(database.url);
  api = await startApi({ database: { ...database, url: gate.url } });
  siteId = await createSite(api, { name: 'gate' });
  app01 = await enrolServer(api, siteId, 'app01');
});
afterEach(async () => {
  await api.close();
  await gate.close();
  await database.drop();
});

const stranger = (): Identity => ({
  ...app01,
  agentId: randomUUID(),
  privateKey: generateKeyPairSync('ed25519').privateKey,
});
const turnedAway = async (identity: Identity, changes: object = {}) => {
  const agent = await ScriptedAgent.connect(api.url);
  await agent.sendJoin(identity, changes);
  return agent.closed();
};

describe('before a join is proved', () => {
  it('a flood of joins from 20 sockets is left unread, costs few look-ups, and keeps no agent out', async () => {
    const sockets: Socket[] = [];
    api.server.on('connection', (socket: Socket) => sockets.push(socket));
    const lookUps = gate.counting(LOOK_UP);
    const join = JSON.stringify({
      event: 'join',
      data: {
        protocol: 2,
        agentId: randomUUID(),
        signature: 'A'.repeat(86),
        boot: randomUUID(),
        facts: { ...FACTS, hostName: 'h'.repeat(255), platform: 'p'.repeat(200) },
      },
    });
    const flood = await Promise.all(Array.from({ length: 20 }, () => ScriptedAgent.connect(api.url)));
    for (const agent of flood) for (let frame = 0; frame < 2_000; frame += 1) agent.socket.send(join);
    const ends = await Promise.all(flood.map((agent) => agent.closed()));

    for (const { code } of ends) expect([1006, 1008, 1009, 4401, 4429]).toContain(code);
    expect(lookUps()).toBeLessThanOrEqual(FAILURES);
    const read = sockets.reduce((sum, { bytesRead }) => sum + bytesRead, 0);
    expect(read).toBeLessThanOrEqual(20 * (JOIN_BYTES + 3 * READ_BYTES));
    await (await ScriptedAgent.join(api.url, app01)).leave();
  });

  it.each<[string, number, RegExp, (agent: ScriptedAgent) => void | Promise<void>]>([
    ['a frame above 4 KiB', 1009, /4 KiB/, ({ socket }) => socket.send(`{"event":"${'x'.repeat(5_000)}"}`)],
    [
      'fragments above 4 KiB together',
      1009,
      /4 KiB/,
      ({ socket }) => {
        for (let i = 0; i < 600; i += 1) socket.send('{"event": ', { fin: false });
      },
    ],
    [
      'pings above 4 KiB together',
      1009,
      /4 KiB/,
      ({ socket }) => {
        for (let i = 0; i < 60; i += 1) socket.ping('p'.repeat(100));
      },
    ],
    [
      'a second frame before the answer to the first',
      1008,
      /wait for welcome/,
      async (agent) => {
        await agent.sendJoin(app01);
        agent.send('results', {});
      },
    ],
  ])('%s ends the connection, with the reason', async (_, code, reason, act) => {
    const agent = await ScriptedAgent.connect(api.url);
    await act(agent);
    const end = await agent.closed();
    expect(end).toEqual({ code, reason: expect.stringMatching(reason) });
  });

  it('a join of the largest facts that may be sent is read', async () => {
    const agent = await ScriptedAgent.connect(api.url);
    const wide = (length: number) => '\u0001'.repeat(length);
    await agent.sendJoin(app01, {
      facts: { version: wide(40), hostName: wide(255), platform: wide(200), nodeVersion: wide(40) },
    });
    expect(await agent.next('welcome')).toMatchObject({ serverName: 'app01' });
    await agent.leave();
  });

  it('unknown agents are refused without a look-up once an address has sent many, with a code of its own', async () => {
    const lookUps = gate.counting(LOOK_UP);
    for (let i = 0; i < FAILURES; i += 1) expect((await turnedAway(stranger())).code).toBe(4401);
    const before = lookUps();
    for (let i = 0; i < 10; i += 1)
      expect(await turnedAway(stranger())).toEqual({
        code: 4429,
        reason: expect.stringMatching(/too many .*from this address.*try again in \d+ s/),
      });
    expect([before, lookUps()]).toEqual([FAILURES, FAILURES]);
  });

  it('ten agents of an address from which strangers come all join, also such as this process has never seen', async () => {
    const agents: Identity[] = [];
    for (let i = 0; i < 10; i += 1) agents.push(await enrolServer(api, siteId, `app1${i}`));
    for (let i = 0; i < FAILURES + 5; i += 1) await turnedAway(stranger());
    const joined = await Promise.all(agents.map((agent) => ScriptedAgent.join(api.url, agent)));
    expect(joined.every(({ socket }) => socket.readyState === socket.OPEN)).toBe(true);
    for (const agent of joined) await agent.leave();
  });

  it('a wrong signature for an agent that is known costs no look-up', async () => {
    await (await ScriptedAgent.join(api.url, app01)).leave();
    const lookUps = gate.counting(LOOK_UP);
    for (let i = 0; i < 5; i += 1)
      expect((await turnedAway(app01, { signature: 'A'.repeat(86) })).code).toBe(4401);
    expect(lookUps()).toBe(0);
    await (await ScriptedAgent.join(api.url, app01)).leave();
  });

  it('nobody is looked up who has gone while others were', async () => {
    const slow: Identity[] = [];
    for (let i = 0; i < 6; i += 1) slow.push(await enrolServer(api, siteId, `app2${i}`));
    const last = await enrolServer(api, siteId, 'last01');
    const blocker = api.app.get(DataSource).createQueryRunner();
    await blocker.startTransaction();
    await blocker.query('lock table agents in access exclusive mode');
    const lookUps = gate.counting(LOOK_UP);
    const waiting = await Promise.all(slow.map(() => ScriptedAgent.connect(api.url)));
    for (const [i, agent] of waiting.entries()) await agent.sendJoin(slow[i] as Identity);
    await expect.poll(lookUps).toBeGreaterThanOrEqual(4);
    const connection = once(api.server, 'connection') as Promise<[Socket]>;
    const gone = await ScriptedAgent.connect(api.url);
    const [far] = await connection;
    const before = far.bytesRead;
    await gone.sendJoin(last);
    await expect.poll(() => far.bytesRead).toBeGreaterThan(before + 200);
    gone.socket.terminate();
    await expect.poll(() => far.destroyed).toBe(true);
    await blocker.commitTransaction();
    await blocker.release();
    for (const agent of waiting) await agent.next('welcome');
    await (await ScriptedAgent.join(api.url, app01)).leave();
    expect(lookUps()).toBe(slow.length + 1);
    for (const agent of waiting) await agent.leave();
  });

  it('the oldest of too many sockets that say nothing has to go, and the newest can join', async () => {
    const idle: ScriptedAgent[] = [];
    for (let i = 0; i < 129; i += 1) idle.push(await ScriptedAgent.connect(api.url));
    expect((await idle[0]?.closed())?.code).toBe(1013);
    await (await ScriptedAgent.join(api.url, app01)).leave();
    const others = idle.slice(2);
    expect(others.every(({ socket }) => socket.readyState === socket.OPEN)).toBe(true);
    for (const { socket } of idle) socket.terminate();
  });
});

/** Not by `once`, which an error of the socket ends as well. */
const ended = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    if (socket.closed) resolve('ended');
    else socket.once('close', () => resolve('ended'));
  });

describe('a connection whose request does not come to an end', () => {
  it('is ended by the API, at whatever byte it stops', async () => {
    const { port } = api.server.address() as AddressInfo;
    const begun = [
      '',
      'GET /health/live HTTP/1.1\r\nHost: a\r\nX-A: ',
      // An upgrade that cannot be read.
      'GET / HTTP/1.1\r\nHost: [\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
    ];
    const ends: Promise<string>[] = [];
    const sockets: Socket[] = [];
    for (const text of begun) {
      const far = once(api.server, 'connection') as Promise<[Socket]>;
      const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
      socket.on('error', () => undefined);
      socket.write(text);
      socket.resume();
      const [accepted] = await far;
      ends.push(ended(accepted));
      sockets.push(socket);
    }
    expect(await Promise.all(ends)).toEqual(begun.map(() => 'ended'));
    for (const socket of sockets) socket.destroy();
  });
});
