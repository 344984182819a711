import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFailed, vi } from 'vitest';
import { closedPort } from '@mailpath/checks/testing';
import { CLOSE } from '@mailpath/protocol';
import { Run } from '../apps/api/src/work/runs/run.ts';
import { createDatabase, type RunningApi } from './support/api.ts';
import { type Balancer, startBalancer } from './support/balancer.ts';
import { EventReader } from './support/event-reader.ts';
import { type Instance, launchInstance, startInstance } from './support/instance.ts';
import { addMailbox, client, createMailSite, signIn } from './support/mail-site.ts';
import { enrolServer, type Identity, ScriptedAgent } from './support/scripted-agent.ts';
import { Holders, SteadyAgent } from './support/steady-agent.ts';

/** Three processes of the API over one Postgres, behind HAProxy as docs/operate.md configures it. */
const SALES = 'sales@example.com';
const NAMES = ['app01', 'svc01', 'svc02', 'svc03', 'svc04', 'svc05'];
const KEY = `mpk_${randomBytes(32).toString('base64url')}`;
const STOPPING = 1001;

let folder: string;
let database: Awaited<ReturnType<typeof createDatabase>>;
let instances: Instance[];
let balancer: Balancer;
/** Whoever asks by the proxy. */
let front: RunningApi;
let siteId: string;
let agents: SteadyAgent[];
const holders = new Holders();

const start = (port?: number): Promise<Instance> =>
  startInstance({ database, folder, apiKey: KEY, ...(port !== undefined && { port }) });
const portOf = ({ url }: Instance): number => Number(new URL(url).port);

beforeAll(async () => {
  database = await createDatabase();
  folder = mkdtempSync(join(tmpdir(), 'mailpath-three-'));
  instances = [await start(), ...(await Promise.all([start(), start()]))];
  balancer = await startBalancer(instances.map(({ url }) => url));
  front = { ...(instances[0] as Instance), url: balancer.url, server: balancer.url as unknown as Server };
  siteId = await createMailSite(front);
  const identities: Identity[] = [];
  for (const name of NAMES)
    identities.push(await enrolServer(front, siteId, name, [name === 'app01' ? 'application' : 'services']));
  const app01 = identities[0] as Identity;
  const agent = await ScriptedAgent.join(front.url, app01);
  await addMailbox(front, siteId, SALES);
  await signIn(front, siteId, SALES, agent, app01.serverId);
  await agent.leave();
  agents = identities.map((identity, i) => new SteadyAgent(NAMES[i] ?? '', identity, front.url, holders));
  await everyoneIsThere();
});
afterAll(async () => {
  await Promise.all(agents.map((agent) => agent.stop()));
  await balancer.stop();
  await Promise.all(instances.map((instance) => instance.close()));
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** As each instance that is there tells it. */
const everyoneIsThere = (): Promise<void> =>
  vi.waitFor(
    async () => {
      for (const api of instances.filter(
        ({ process }) => process.child.exitCode === null && process.child.signalCode === null,
      )) {
        const { body } = await client(api).get(`/v1/sites/${siteId}/servers`).expect(200);
        const states = body.items.map(({ agent }: { agent: { state: string } }) => agent.state);
        expect(states).toEqual(NAMES.map(() => 'connected'));
      }
    },
    { timeout: 240_000, interval: 100 },
  );
const startRun = async (api: RunningApi, body: object): Promise<Run> =>
  Run.parse((await client(api).post(`/v1/sites/${siteId}/runs`).send(body).expect(202)).body);
const finished = (api: RunningApi, id: string): Promise<Run> =>
  vi.waitFor(
    async () => {
      const { body } = await client(api).get(`/v1/sites/${siteId}/runs/${id}`).expect(200);
      const run = Run.parse(body);
      expect(run.state).toBe('done');
      return run;
    },
    { timeout: 240_000, interval: 50 },
  );
const outcome = ({ servers }: Run) => servers.map(({ state }) => state);
const ALL_DONE = NAMES.map(() => 'done');

describe('three instances behind a proxy', () => {
  it('share the agents, and what is asked or changed at any of them reaches all', async () => {
    onTestFailed(() => void process.stderr.write(balancer.log()));
    const at = await database.query<{ instance: string }>('select distinct instance from agent_sessions');
    expect(at).toHaveLength(instances.length);
    const streams = await Promise.all(
      instances.map(({ url }) =>
        EventReader.open(`${url}/v1/sites/${siteId}/events`, { authorization: `Bearer ${KEY}` }),
      ),
    );
    for (const [i, api] of instances.entries()) {
      const run = await startRun(api, { checks: ['imap.tls', 'token.refresh', 'imap.mailbox'] });
      await Promise.all(
        streams.map((stream) => stream.first('run', ({ id, state }) => id === run.id && state === 'done')),
      );
      for (const other of instances) expect(outcome(await finished(other, run.id))).toEqual(ALL_DONE);
      const everySeconds = 70 + i;
      await client(api).patch(`/v1/sites/${siteId}`).send({ everySeconds }).expect(200);
      await vi.waitFor(
        () => expect(agents.map((agent) => agent.everySeconds)).toEqual(NAMES.map(() => everySeconds)),
        { timeout: 240_000 },
      );
    }
    for (const stream of streams) stream.close();
  });

  it('end the connection of an agent that any of them revokes', async () => {
    for (const [i, api] of instances.entries()) {
      const identity = await enrolServer(front, siteId, `gone${i}`, ['services']);
      const agent = await ScriptedAgent.join(front.url, identity);
      await client(api).delete(`/v1/sites/${siteId}/agents/${identity.agentId}`).expect(204);
      expect((await agent.closed()).code).toBe(CLOSE.revoked);
      await client(api).delete(`/v1/sites/${siteId}/servers/${identity.serverId}`).expect(204);
    }
  });

  it('refuse a fourth with another secret key, in one line', async () => {
    const env = { MAILPATH_SECRET_KEY: randomBytes(32).toString('base64') };
    const fourth = launchInstance({ database, folder, apiKey: KEY, env }, await closedPort());
    expect(await fourth.ended).toBe(2);
    expect(fourth.stderr().trimEnd().split('\n')).toEqual([
      expect.stringContaining('The secret key of this instance (MAILPATH_SECRET_KEY'),
    ]);
  });

  it('lose nothing and hold nobody up where one is killed, and each is restarted in turn', async () => {
    onTestFailed(() => void process.stderr.write(balancer.log()));
    const body = { checks: ['imap.tls', 'token.refresh', 'imap.mailbox'] };
    // Each of the latter has agents by then: those of the one before.
    const kinds: [NodeJS.Signals, number][] = [
      ['SIGKILL', 0],
      ['SIGTERM', 1],
      ['SIGTERM', 2],
      ['SIGTERM', 0],
    ];
    for (const [signal, i] of kinds) {
      const instance = instances[i] as Instance;
      for (const agent of agents) agent.closings.length = 0;
      const run = await startRun(front, body);
      const watch = new AbortController();
      const reads = signal === 'SIGTERM' ? readAllTheTime(watch.signal) : null;
      try {
        instance.process.child.kill(signal);
        expect(await instance.process.ended).toBe(signal === 'SIGKILL' ? signal : 0);
        await everyoneIsThere();
        const ended = await finished(front, run.id);
        expect(outcome(ended)).toEqual(ALL_DONE);
        expect(ended.servers.flatMap(({ withheld }) => withheld)).toEqual([]);
        instances[i] = await start(portOf(instance));
      } finally {
        watch.abort();
      }
      if (reads === null) continue;
      expect(new Set(await reads)).toEqual(new Set([200]));
      // Told to go, once each: nobody came back to the one that stopped.
      const closings = agents.map((agent) => agent.closings);
      expect(closings.flat().filter((code) => code !== STOPPING)).toEqual([]);
      expect(closings.flat().length).toBeGreaterThan(0);
      expect(closings.filter((codes) => codes.length > 1)).toEqual([]);
    }
    await Promise.all(agents.map((agent) => agent.stop()));
    expect(holders.clashes).toEqual([]);
    const stored = await database.query<{ agent_boot: string; n: number; first: string; last: string }>(
      `select boot as agent_boot, count(*)::int as n, min(sequence) as first, max(sequence) as last
       from results where boot = any($1::uuid[]) group by boot`,
      [agents.map(({ boot }) => boot)],
    );
    const told = new Map(stored.map(({ agent_boot, n, first, last }) => [agent_boot, [n, first, last]]));
    for (const { boot, made, name } of agents)
      expect([name, ...(told.get(boot) ?? []).map(Number)]).toEqual([name, made, 1, made]);
  });
});

/** The status of each answer, one after the other, by way of the proxy. */
async function readAllTheTime(until: AbortSignal): Promise<number[]> {
  const seen: number[] = [];
  while (!until.aborted) {
    const { status } = await client(front).get(`/v1/sites/${siteId}/servers`);
    seen.push(status);
    await setTimeout(20);
  }
  return seen;
}
