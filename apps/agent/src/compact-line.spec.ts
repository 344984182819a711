import { CLOSE } from '@mailpath/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { passed } from './testing/result-fixtures.ts';
import { ScriptedApi } from './testing/scripted-api.ts';
import { removeTempDirs } from './testing/temp-dir.ts';
import { uplinkTo } from './testing/uplink-kit.ts';

let api: ScriptedApi;
let agent: ReturnType<typeof uplinkTo>;
beforeEach(async () => {
  api = await ScriptedApi.listen();
  agent = uplinkTo(api.url);
  agent.uplink.start();
});
afterEach(async () => {
  await agent.uplink.stop(0);
  agent.outbox.close();
  await api.stop();
  removeTempDirs();
});

describe('an agent', () => {
  it.each([
    [5, 5, 0],
    [6, 6, 1],
    [7, 6, 1],
  ])(
    'speaks with an API of version %i in version %i: %i of its batches is compact',
    async (theirs, ours, compact) => {
      agent.outbox.add(passed(), null);
      const visit = await api.visit();
      expect((await visit.letIn(60_000, theirs)).protocol).toBe(ours);
      expect(await visit.acknowledge()).toEqual([1]);
      expect(visit.compact).toBe(compact);
    },
  );

  it('sends all layouts again where they are not known, and in full where that does not help', async () => {
    const { outbox, boot, uplink } = agent;
    outbox.add(passed(), null);
    const visit = await api.visit();
    await visit.letIn();
    expect(await visit.acknowledge()).toEqual([1]);
    outbox.add(passed(), null);
    uplink.flush();
    const sent = await visit.hear('results');
    visit.say({ event: 'layouts-unknown', data: { boot } });
    expect(await visit.hear('results')).toEqual({ ...sent, sentAtMs: expect.any(Number) as number });
    expect(visit.compact).toBe(3);
    visit.say({ event: 'layouts-unknown', data: { boot } });
    expect(await visit.hear('results')).toEqual({ ...sent, sentAtMs: expect.any(Number) as number });
    expect(visit.compact).toBe(3);
    visit.say({ event: 'acknowledged', data: { boot, sequence: 2 } });
    await vi.waitFor(() => expect(outbox.waiting().rows).toBe(0));
  });

  it('gives no result up before an API that cannot read a compact frame has been sent it in full', async () => {
    const { outbox, events } = agent;
    outbox.add(passed(), null);
    const first = await api.visit();
    await first.letIn();
    await first.hear('results');
    first.socket.close(CLOSE.badFrame, 'cannot read it');
    const second = await api.visit();
    await second.letIn();
    expect(await second.acknowledge()).toEqual([1]);
    expect(second.compact).toBe(0);
    expect(events()).toContain('compact frame refused: results go in full');
    expect(outbox.waiting().dropped).toBe(0);
  });
});
