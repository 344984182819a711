import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CLOSE } from '@mailpath/protocol';
import { Refusals } from '../apps/api/src/app/socket/refusals.service.ts';
import { FindingsEvaluator } from '../apps/api/src/conclusions/findings/findings.evaluator.ts';
import { type RunningApi, startApi } from './support/api.ts';
import { goOver } from './support/key-rotation.ts';
import { client } from './support/mail-site.ts';
import {
  approve,
  createSite,
  deliveriesFrom,
  enrolAgain,
  enrolServer,
  FACTS,
  type Identity,
  ScriptedAgent,
} from './support/scripted-agent.ts';

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

let identity: Identity;
beforeEach(async () => {
  const siteId = await createSite(api, { name: randomUUID() });
  identity = await enrolServer(api, siteId, 'svc01', ['services']);
});

const path = (rest = '') => `/v1/sites/${identity.siteId}/servers/${identity.serverId}${rest}`;
const agentOf = async () => (await client(api).get(path()).expect(200)).body.agent;
const findings = async () => {
  await api.app.get(FindingsEvaluator).settled();
  const { body } = await client(api).get(`/v1/sites/${identity.siteId}/findings`).expect(200);
  return body.items.map(({ rule }: { rule: string }) => rule);
};
const auditOf = async (query: object) =>
  (await client(api).get('/v1/audit-log').query(query).expect(200)).body.items;

/** The copy of the machine, which says its own name; answers how it was turned away. */
async function copyComes(hostName: string, boot?: string): Promise<number> {
  const copy = await ScriptedAgent.connect(api.url, boot);
  await copy.sendJoin(identity, { facts: { ...FACTS, hostName } });
  return (await copy.closed()).code;
}

describe('two machines with the key of one agent', () => {
  it.each([
    ['at its first join', () => randomUUID()],
    ['also where it was copied while it ran', (boot: string) => boot],
  ])('are both shut out %s, nothing of the copy is stored, and it is told once', async (_, bootOf) => {
    const original = await ScriptedAgent.join(api.url, identity);
    expect(await copyComes('copy01', bootOf(original.boot))).toBe(CLOSE.cloned);
    expect((await original.closed()).code).toBe(CLOSE.cloned);
    expect(await copyComes('copy01')).toBe(CLOSE.cloned);
    await expect(ScriptedAgent.join(api.url, identity)).rejects.toThrow('closed with 4411');
    expect(await api.database.query('select from results where agent_id = $1', [identity.agentId])).toEqual(
      [],
    );
    const agent = await agentOf();
    expect(agent).toMatchObject({
      hostName: 'test',
      approval: 'waiting',
      quarantine: { originalBoot: null },
    });
    const hosts = agent.quarantine.machines.map(({ hostName }: { hostName: string }) => hostName);
    expect(hosts.slice(0, 2)).toEqual(['test', 'copy01']);
    expect(await findings()).toEqual(['mailpath.agent-cloned']);
    expect(await auditOf({ siteId: identity.siteId, action: 'quarantineAgent' })).toMatchObject([
      {
        actorKind: 'agent',
        actorId: identity.agentId,
        outcome: 'refused',
        subject: { machines: 'test at 127.0.0.1, copy01 at 127.0.0.1' },
      },
    ]);
  });

  it('are told from one that was started again while its line was dead', async () => {
    const older = await ScriptedAgent.join(api.url, identity);
    older.freeze();
    const newer = await ScriptedAgent.join(api.url, identity);
    expect((await agentOf()).quarantine).toBeNull();
    older.thaw();
    expect((await older.closed()).code).toBe(CLOSE.replaced);
    await newer.leave();
  });

  it('are settled by a new code for the server: the copy has nothing any more', async () => {
    const original = await ScriptedAgent.join(api.url, identity);
    await copyComes('copy01');
    await original.closed();
    const anew = await enrolAgain(api, identity.siteId, identity.serverId);
    const agent = await ScriptedAgent.join(api.url, anew);
    expect((await agent.deliver(deliveriesFrom(1, 1))).sequence).toBe(1);
    expect(await copyComes('copy01')).toBe(CLOSE.notKnown);
    expect(await findings()).toEqual([]);
    await agent.leave();
  });

  it('are settled by a word on which is the original: it gets a new key, and the copy is refused', async () => {
    const original = await ScriptedAgent.join(api.url, identity);
    await copyComes('copy01');
    await original.closed();
    const confirm = (boot: string) => client(api).post(path('/original-machine')).send({ boot });
    await confirm(randomUUID()).expect(409);
    await confirm(original.boot).expect(200);
    expect(await copyComes('copy01')).toBe(CLOSE.cloned);
    const back = await ScriptedAgent.join(api.url, identity, original.boot);
    await back.next('rotate-key');
    const anew = await goOver(api.url, back, identity);
    await approve(api, anew);
    expect(await copyComes('copy01')).toBe(CLOSE.notKnown);
    expect(await agentOf()).toMatchObject({ quarantine: null, approval: 'approved' });
    expect(await findings()).toEqual([]);
    await confirm(original.boot).expect(409);
  });

  it('cannot be settled by a word where both say the same of themselves', async () => {
    const original = await ScriptedAgent.join(api.url, identity);
    await copyComes('copy01', original.boot);
    const refused = await client(api)
      .post(path('/original-machine'))
      .send({ boot: original.boot })
      .expect(409);
    expect(refused.body.detail).toMatch(/new enrolment code/);
  });
});

describe('whoever is turned away at the socket', () => {
  it('is in the audit log: the first at once, and how many more came when the hour is over', async () => {
    const stranger = { ...identity, agentId: randomUUID() };
    const told = async () =>
      (await auditOf({ action: 'joinAgent', from: before })).filter(
        ({ id, status }: { id: string; status: number }) => status === CLOSE.notKnown && !earlier.has(id),
      );
    const refusals = api.app.get(Refusals);
    await refusals.tellCounts(0);
    const before = new Date().toISOString();
    // What was told last may be of the same millisecond.
    const earlier = new Set((await auditOf({ action: 'joinAgent' })).map(({ id }: { id: string }) => id));
    for (let i = 0; i < 3; i += 1)
      await expect(ScriptedAgent.join(api.url, stranger)).rejects.toThrow('closed with 4401');
    await expect
      .poll(told)
      .toMatchObject([{ outcome: 'refused', address: '127.0.0.1', subject: { agentId: stranger.agentId } }]);
    await refusals.tellCounts(0);
    expect((await told()).filter(({ subject }: { subject: object }) => 'more' in subject)).toMatchObject([
      { subject: { more: '2' } },
    ]);
  });

  it('fills the log from no number of addresses', async () => {
    const refusals = api.app.get(Refusals);
    await refusals.tellCounts(0);
    const count = async () =>
      Number(
        (
          await api.database.query<{ n: string }>(
            `select count(*) as n from audit_log where action = 'joinAgent'`,
          )
        )[0]?.n,
      );
    const before = await count();
    for (let i = 0; i < 5_000; i += 1) {
      const address = `10.1.${i >> 8}.${i & 255}`;
      refusals.note({ address, limitKey: address, code: CLOSE.notKnown, agentId: randomUUID() });
    }
    await refusals.tellCounts(0);
    await expect.poll(count).toBeLessThanOrEqual(before + 202);
  });
});
