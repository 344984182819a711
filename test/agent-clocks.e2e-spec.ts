import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FindingsEvaluator } from '../apps/api/src/conclusions/findings/findings.evaluator.ts';
import { type RunningApi, startApi } from './support/api.ts';
import { get } from './support/finding-site.ts';
import { createSite, enrolServer, resultOf, ScriptedAgent } from './support/scripted-agent.ts';

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const HOUR_MS = 3_600_000;

/** An agent whose frames say that its clock is so far ahead; null for one that does not say. */
async function agentAhead(name: string, aheadMs: number | null) {
  const siteId = await createSite(api, { name });
  const identity = await enrolServer(api, siteId, 'svc01', ['services']);
  const stamp = (ms: number | null): object => (ms === null ? {} : { sentAtMs: Date.now() + ms });
  const agent = await ScriptedAgent.connect(api.url);
  await agent.sendJoin(identity, stamp(aheadMs));
  await agent.next('welcome');
  return {
    /** Delivers a result that passed; the frame says the time that the agent has by now. */
    async report(ms: number | null) {
      const delivery = { sequence: agent.nextSequence(), runId: null, result: resultOf({}) };
      agent.send('results', { boot: agent.boot, ...stamp(ms), deliveries: [delivery] });
      await agent.next('acknowledged');
      await api.app.get(FindingsEvaluator).settled();
    },
    async findings() {
      const { body } = await get(api, `/v1/sites/${siteId}/findings`);
      const { items } = body as { items: { rule: string; servers: { name: string }[] }[] };
      return items.filter(({ rule }) => rule === 'mailpath.agent-clock');
    },
    async told() {
      const { body } = await get(api, `/v1/sites/${siteId}/servers`);
      const { items } = body as { items: { agent: { clockAheadSeconds: number | null } }[] };
      return items[0]?.agent.clockAheadSeconds;
    },
    leave: () => agent.socket.close(),
  };
}

describe('the clock of an agent', () => {
  it.each([
    ['behind', -HOUR_MS],
    ['ahead', 6 * 60_000],
  ])(
    'is a finding while it is %s, though every check passes, and is none once it is right',
    async (word, ms) => {
      const agent = await agentAhead(`clock ${word}`, ms);
      await agent.report(ms);
      expect(await agent.findings()).toMatchObject([
        { rule: 'mailpath.agent-clock', servers: [{ name: 'svc01' }] },
      ]);
      expect(Math.abs(((await agent.told()) ?? 0) * 1_000 - ms)).toBeLessThan(60_000);
      await agent.report(0);
      expect(await agent.findings()).toEqual([]);
      agent.leave();
    },
  );

  it('is a finding as well when it jumps while the connection stands', async () => {
    const agent = await agentAhead('clock that jumps', 0);
    await agent.report(0);
    expect(await agent.findings()).toEqual([]);
    await agent.report(-HOUR_MS);
    expect(await agent.findings()).toHaveLength(1);
    agent.leave();
  });

  it('is not judged where an agent does not say it, and one beyond all years harms nobody', async () => {
    const older = await agentAhead('an older agent', null);
    await older.report(null);
    expect([await older.findings(), await older.told()]).toEqual([[], null]);
    older.leave();
    const absurd = await agentAhead('an absurd clock', 8_000_000_000_000_000);
    await absurd.report(0);
    expect(await absurd.findings()).toEqual([]);
    absurd.leave();
  });
});
