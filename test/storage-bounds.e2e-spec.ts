import { randomBytes, randomUUID } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVIDENCE_BYTES_AN_HOUR } from '../apps/api/src/history/results/evidence-store.ts';
import { startApi, type RunningApi } from './support/api.ts';
import {
  createSite,
  deliveriesFrom,
  enrolAgain,
  enrolServer,
  type Identity,
  resultOf,
  ScriptedAgent,
} from './support/scripted-agent.ts';

describe('what one agent can make the API keep', () => {
  let api: RunningApi;
  let siteId: string;
  let identity: Identity;
  const auth = () => ({ authorization: `Bearer ${api.apiKey}` });

  beforeAll(async () => {
    api = await startApi();
    siteId = await createSite(api, { name: 'bounds' });
    identity = await enrolServer(api, siteId, 'svc01', ['services']);
  });
  afterAll(() => api.close());

  const startRun = async () => {
    const { body } = await request(api.server)
      .post(`/v1/sites/${siteId}/runs`)
      .set(auth())
      .send({ serverIds: [identity.serverId] })
      .expect(202);
    return body.id as string;
  };
  const part = async (runId: string) => {
    const { body } = await request(api.server)
      .get(`/v1/sites/${siteId}/runs/${runId}`)
      .set(auth())
      .expect(200);
    return body.servers[0] as { state: string; expected: number; received: number };
  };

  it('counts in a run what it asked for, each once, and nothing else', async () => {
    const agent = await ScriptedAgent.join(api.url, identity);
    const runId = await startRun();
    const { tasks } = await agent.next('run');
    const [first, ...rest] = tasks;
    const answer = (task: { check: string; target: object } | undefined, changes = {}) => ({
      sequence: agent.nextSequence(),
      runId,
      result: resultOf({ ...(task as object), ...changes }),
    });
    // The same one again and again, one of another target, one that nobody asked for, and a second look.
    const failure = { phase: 'connect', code: 'refused', message: 'refused' } as const;
    const failed = answer(first, { outcome: 'fail', failure });
    await agent.deliver([
      failed,
      ...Array.from({ length: 10 }, () => answer(first)),
      answer(first, { repeats: failed.result.id }),
      answer({ check: 'imap.tls', target: { name: 'invented', host: 'h', port: 1 } }),
      answer({ check: 'tcp.invented', target: { name: 'imap', host: 'h', port: 1 } }),
    ]);
    expect(await part(runId)).toMatchObject({ state: 'waiting', expected: tasks.length, received: 1 });
    await agent.deliver(rest.map((task) => answer(task)));
    expect(await part(runId)).toMatchObject({
      state: 'done',
      expected: tasks.length,
      received: tasks.length,
    });
    await agent.deliver(tasks.map((task) => answer(task)));
    expect(await part(runId)).toMatchObject({ state: 'done', received: tasks.length });
    const invented = await api.database.query(
      `select run_id from results where agent_id = $1 and (target_name = 'invented' or check_id = 'tcp.invented')`,
      [identity.agentId],
    );
    expect(invented).toEqual([{ run_id: null }, { run_id: null }]);
    await agent.leave();
  });

  it('keeps a newest result of what is asked of the server, and of nothing else', async () => {
    const agent = await ScriptedAgent.join(api.url, identity);
    const cells = () =>
      api.database.query<{ cell: string }>(
        `select check_id || ' ' || target_name as cell from latest where server_id = $1 order by 1`,
        [identity.serverId],
      );
    await agent.deliver(deliveriesFrom(1, 1));
    const before = await cells();
    for (let i = 0; i < 5; i += 1)
      await agent.deliver(
        deliveriesFrom(2 + i * 100, 100, (n) => ({
          check: `tcp.c${n}`,
          target: { name: `t-${n}`, host: 'h', port: 1 },
        })),
      );
    expect(await cells()).toEqual(before);
    const { body } = await request(api.server)
      .get(`/v1/sites/${siteId}/results`)
      .query({ check: 'tcp.c400' })
      .set(auth())
      .expect(200);
    expect(body.items).toHaveLength(1);

    // What is asked from now on has its cell with the next result, by whichever instance it was added.
    await api.database.query('update sites set extra_targets = $2 where id = $1', [
      siteId,
      JSON.stringify([{ name: 'routing', check: 'tcp.connect', host: 'h', port: 1, roles: ['services'] }]),
    ]);
    const target = { name: 'routing', host: 'h', port: 1 };
    await agent.deliver(deliveriesFrom(502, 1, () => ({ check: 'tcp.connect', target })));
    expect((await cells()).map(({ cell }) => cell)).toContain('tcp.connect routing');
    await agent.leave();
  });

  it('goes on with an outbox where the agent of the earlier enrolment was, and counts none of it as dropped', async () => {
    const before = await enrolServer(api, siteId, 'svc02', ['services']);
    const boot = randomUUID();
    const first = await ScriptedAgent.join(api.url, before, boot);
    await first.deliver(deliveriesFrom(1, 100));
    const after = await enrolAgain(api, siteId, before.serverId);
    const again = await ScriptedAgent.join(api.url, after, randomUUID());
    // Its last batch was stored and the acknowledgement lost; then what was never delivered, two given up.
    await again.deliver(deliveriesFrom(91, 20), boot);
    await again.deliver(deliveriesFrom(113, 5), boot);
    const { body } = await request(api.server).get(`/v1/sites/${siteId}/agents`).set(auth()).expect(200);
    const agent = body.items.find(({ id }: { id: string }) => id === after.agentId);
    expect(agent.droppedResults).toBe(2);
    const rows = await api.database.query('select count(*)::int as n from results where boot = $1', [boot]);
    expect(rows).toEqual([{ n: 115 }]);
    await again.leave();
  });

  it('leaves out evidence beyond what an agent may store in an hour, says so, and keeps the result', async () => {
    const other = await enrolServer(api, siteId, 'svc03', ['services']);
    const agent = await ScriptedAgent.join(api.url, other);
    await api.database.query(
      `insert into agent_evidence (site_id, agent_id, hour, bytes, left_out) values ($1, $2, date_trunc('hour', now()), $3, 0)
       on conflict (site_id, agent_id) do update set bytes = excluded.bytes, hour = excluded.hour`,
      [siteId, other.agentId, EVIDENCE_BYTES_AN_HOUR - 10_000],
    );
    const lines = () => Array.from({ length: 20 }, () => randomBytes(100).toString('base64'));
    const sent = deliveriesFrom(1, 30, () => ({ evidence: { noise: { lines: lines() } } }));
    await agent.deliver(sent);
    const { body } = await request(api.server)
      .get(`/v1/sites/${siteId}/results`)
      .query({ serverId: other.serverId })
      .set(auth())
      .expect(200);
    const items = body.items as { sequence: number; result: { evidence: object } }[];
    expect(items).toHaveLength(30);
    const isMarked = ({ result }: (typeof items)[number]) => 'mailpath' in result.evidence;
    const marked = items.filter(isMarked);
    expect(marked.length).toBeGreaterThan(0);
    expect(marked.length).toBeLessThan(30);
    // Nothing else of it is lost, and what is not marked is whole.
    for (const item of items) {
      const { evidence: _, ...rest } = item.result;
      expect({ ...sent[item.sequence - 1]?.result, ...rest }).toEqual(sent[item.sequence - 1]?.result);
    }
    for (const item of items.filter((each) => !isMarked(each)))
      expect(item.result).toEqual(sent[item.sequence - 1]?.result);
    for (const { result } of marked)
      expect(result.evidence).toEqual({ mailpath: { evidenceLeftOutBytes: expect.any(Number) as number } });
    const [used] = await api.database.query<{ bytes: number; left_out: number }>(
      'select bytes::int, left_out::int from agent_evidence where agent_id = $1',
      [other.agentId],
    );
    expect(used?.bytes).toBeLessThanOrEqual(EVIDENCE_BYTES_AN_HOUR);
    expect(used?.left_out).toBe(marked.length);
    // The next hour is another one.
    await api.database.query(
      `update agent_evidence set hour = hour - interval '1 hour' where agent_id = $1`,
      [other.agentId],
    );
    await agent.deliver(deliveriesFrom(31, 1, () => ({ evidence: { noise: { lines: lines() } } })));
    const [next] = await api.database.query<{ bytes: number }>(
      'select bytes::int from agent_evidence where agent_id = $1',
      [other.agentId],
    );
    expect(next?.bytes).toBeLessThan(10_000);
    await agent.leave();
  });
});
