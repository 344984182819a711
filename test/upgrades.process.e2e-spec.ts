import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { bundleOfVersion } from '../tools/agent-build/bundle.ts';
import { type RunningApi, startApi } from './support/api.ts';
import { client } from './support/mail-site.ts';
import { createSite } from './support/scripted-agent.ts';
import { newMaker, signedBuild } from './support/signed-build.ts';
import { SupervisedAgent } from './support/supervised-agent.ts';

const HERE = [
  'outlook.office365.com',
  'smtp.office365.com',
  'login.microsoftonline.com',
  'graph.microsoft.com',
];
const maker = newMaker();
const folder = mkdtempSync(join(tmpdir(), 'mailpath-upgrades-'));

describe('an upgrade', () => {
  let api: RunningApi;
  let site: string;
  const agents: Record<string, SupervisedAgent> = {};
  const ids: Record<string, string> = {};

  const offer = (files: Record<string, string>): void => {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  };
  const post = (path: string, body: object = {}) => client(api).post(`${site}/${path}`).send(body);
  const begun = async (body: object = {}): Promise<string> =>
    (await post('upgrades', body).expect(201)).body.id;
  const read = async (id: string) => (await client(api).get(`${site}/upgrades/${id}`).expect(200)).body;
  const ended = async (id: string, state: string) =>
    vi.waitFor(
      async () => {
        const upgrade = await read(id);
        if (upgrade.state !== state) throw new Error(`${upgrade.state}: ${JSON.stringify(upgrade)}`);
        return upgrade;
      },
      { timeout: 120_000, interval: 100 },
    );
  const versions = async () => {
    const { items } = (await client(api).get(`${site}/agent-versions`).expect(200)).body;
    return Object.fromEntries(items.map((item: { serverName: string }) => [item.serverName, item]));
  };
  const joined = (name: string, version: string) =>
    vi.waitFor(
      async () => {
        const { items } = (await client(api).get(`${site}/servers`).expect(200)).body;
        const server = items.find((one: { name: string }) => one.name === name);
        expect(server.agent).toMatchObject({ state: 'connected', version });
      },
      { timeout: 120_000, interval: 100 },
    );

  async function install(name: string, allowed: boolean): Promise<void> {
    const server = await post('servers', { name, roles: ['services'] }).expect(201);
    ids[name] = server.body.id;
    const { body } = await post(`servers/${server.body.id}/enrolment-codes`).expect(201);
    const agent = new SupervisedAgent({ resolve: HERE.map((host) => `${host}=127.0.0.1`) });
    agents[name] = agent;
    await agent.enrol(api.url, body.code);
    if (allowed) agent.edit((file) => (file['upgrade'] = { from: 'api', keys: [maker.publicKey] }));
    agent.supervise();
  }

  beforeAll(async () => {
    api = await startApi({ env: { MAILPATH_DOWNLOADS: folder } });
    site = `/v1/sites/${await createSite(api, { name: 'Osaka', everySeconds: 10, mailboxEverySeconds: null })}`;
    await Promise.all([install('svc01', true), install('svc02', true), install('svc03', false)]);
    await Promise.all(['svc01', 'svc02', 'svc03'].map((name) => joined(name, '0.1.0')));
  });
  afterAll(async () => {
    await Promise.all(Object.values(agents).map((agent) => agent.remove()));
    await api.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is kept by one server first and then by the next, where its administrator has allowed it', async () => {
    offer(signedBuild('0.2.0', await bundleOfVersion('0.2.0'), maker));
    const id = await begun({ first: ids['svc02'] });
    const { servers } = await ended(id, 'done');
    expect(servers.map((one: { serverName: string; state: string }) => [one.serverName, one.state])).toEqual([
      ['svc02', 'kept'],
      ['svc01', 'kept'],
      ['svc03', 'not-allowed'],
    ]);
    // The second was offered it only when the first had kept it.
    expect(Date.parse(servers[1].changedAt)).toBeGreaterThan(Date.parse(servers[0].changedAt));
    expect(await versions()).toMatchObject({
      svc01: { version: '0.2.0', upgrades: 'allowed', last: { state: 'kept' } },
      svc02: { version: '0.2.0' },
      svc03: { version: '0.1.0', upgrades: 'off' },
    });
    // It outlives the process that has proved it.
    await agents['svc01']?.rest();
    agents['svc01']?.supervise();
    await joined('svc01', '0.2.0');
  });

  it('is begun for nobody where it is older, or the same again', async () => {
    const { body } = await post('upgrades').expect(409);
    expect(body.detail).toContain('No server of this site would become newer by version 0.2.0');
    offer(signedBuild('0.1.9', 'process.exit(0)', maker));
    await post('upgrades').expect(409);
  });

  it('is refused where another key has signed it, and offered to nobody else', async () => {
    offer(signedBuild('0.3.0', 'process.exit(0)'));
    const id = await begun({ first: ids['svc01'] });
    const upgrade = await ended(id, 'halted');
    expect(upgrade.servers).toMatchObject([
      { serverName: 'svc01', state: 'refused', reason: expect.stringContaining('wrong signature') },
      { serverName: 'svc02', state: 'waiting' },
      { serverName: 'svc03', state: 'not-allowed' },
    ]);
  });

  it('is refused where the file is not what was signed', async () => {
    await agents['svc01']?.rest();
    offer(signedBuild('0.3.0', 'process.exit(0) // as signed', maker));
    const id = await begun({ first: ids['svc01'] });
    offer({ 'mailpath-agent.cjs': 'process.exit(0) // as served' });
    agents['svc01']?.supervise();
    const upgrade = await ended(id, 'halted');
    expect(upgrade.servers[0]).toMatchObject({
      state: 'refused',
      reason: expect.stringContaining('wrong digest'),
    });
    await joined('svc01', '0.2.0');
  });

  it('goes back after three starts that crash, and is refused when it comes again', async () => {
    offer(signedBuild('0.3.0', `throw new Error('planted')`, maker));
    const before = agents['svc01']?.codes.length;
    const upgrade = await ended(await begun({ first: ids['svc01'] }), 'halted');
    expect(upgrade.servers[0]).toMatchObject({ state: 'rolled-back', reason: 'not proved in 3 starts' });
    await joined('svc01', '0.2.0');
    expect(agents['svc01']?.codes.slice(before)).toEqual([0, 1, 1, 1]);
    const again = await ended(await begun({ first: ids['svc01'] }), 'halted');
    expect(again.servers[0]).toMatchObject({
      state: 'refused',
      reason: 'this very build failed here before',
    });
  });

  it('goes back where it runs and does not prove itself in time', async () => {
    await agents['svc01']?.rest();
    agents['svc01']?.edit((file) => Object.assign(file['upgrade'] as object, { proveWithinSeconds: 2 }));
    agents['svc01']?.supervise();
    await joined('svc01', '0.2.0');
    offer(signedBuild('0.3.1', 'setInterval(() => {}, 1000)', maker));
    const upgrade = await ended(await begun({ first: ids['svc01'] }), 'halted');
    expect(upgrade.servers[0]).toMatchObject({ state: 'rolled-back', reason: 'not proved within 2 s' });
    await joined('svc01', '0.2.0');
  });

  it('is stopped by a person', async () => {
    offer(signedBuild('0.4.0', 'process.exit(0)', maker));
    await agents['svc01']?.rest();
    const id = await begun({ first: ids['svc01'] });
    expect((await post('upgrades').expect(409)).body.detail).toContain('runs already');
    expect((await post(`upgrades/${id}/stop`).expect(200)).body.state).toBe('stopped');
    agents['svc01']?.supervise();
    await joined('svc01', '0.2.0');
    expect((await read(id)).servers[0]).toMatchObject({ state: 'waiting' });
  });

  it('has lost no result of any of them', async () => {
    const { items } = (await client(api).get(`${site}/agents`).expect(200)).body;
    expect(items.map((agent: { droppedResults: number }) => agent.droppedResults)).toEqual([0, 0, 0]);
    // Each restart is a boot of its own, and what it observed is numbered from 1: a gap would be counted as dropped.
    const [told] = await api.database.query(
      `select count(*)::int as boots, sum(dropped)::int as dropped from agent_boots where acknowledged > 0`,
    );
    expect(told).toMatchObject({ boots: expect.any(Number), dropped: 0 });
    expect((told as { boots: number }).boots).toBeGreaterThanOrEqual(5);
  });
});
