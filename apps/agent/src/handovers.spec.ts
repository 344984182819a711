import { randomUUID } from 'node:crypto';
import { CLOSE } from '@mailpath/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Handovers, type Handover } from './handovers.ts';
import { keptLog } from './testing/log-lines.ts';
import { passed } from './testing/result-fixtures.ts';
import { ScriptedApi } from './testing/scripted-api.ts';
import { removeTempDirs } from './testing/temp-dir.ts';
import { uplinkTo } from './testing/uplink-kit.ts';

const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString();
const tokens = (): Handover => ({
  event: 'tokens',
  data: { leaseId: randomUUID(), refreshToken: null, accessToken: 'access', expiresAt: inAnHour() },
});

describe('what a leased order hands on', () => {
  it('is forgotten when the lease expires, and the log says so without what it was', async () => {
    const { log, lines } = keptLog();
    const handovers = new Handovers(log);
    handovers.add(tokens(), new Date(Date.now() - 1).toISOString());
    await vi.waitFor(() => expect(lines).toHaveLength(1));
    expect(lines[0]).toMatchObject({ event: 'handover given up', reason: 'the lease has expired' });
    expect(JSON.stringify(lines)).not.toContain('access');
    expect(handovers.takeUnsent()).toEqual([]);
  });

  it('is forgotten only when results that went after it are stored', () => {
    const handovers = new Handovers(keptLog().log);
    const [first, second] = [tokens(), tokens()];
    handovers.add(first, inAnHour());
    expect(handovers.takeUnsent()).toEqual([first]);
    handovers.batchSent();
    handovers.add(second, inAnHour());
    expect(handovers.takeUnsent()).toEqual([second]);
    handovers.batchStored();
    handovers.connectionLost();
    expect(handovers.takeUnsent()).toEqual([second]);
    handovers.clear();
  });

  it('is bounded, and the oldest is given up', () => {
    const { log, lines } = keptLog();
    const handovers = new Handovers(log);
    const all = Array.from({ length: 7 }, tokens);
    for (const one of all) handovers.add(one, inAnHour());
    expect(handovers.takeUnsent()).toEqual(all.slice(1));
    expect(lines).toMatchObject([{ reason: 'too many are waiting' }]);
    handovers.clear();
  });
});

describe('the uplink', () => {
  let api: ScriptedApi;
  beforeEach(async () => void (api = await ScriptedApi.listen()));
  afterEach(async () => {
    await api.stop();
    removeTempDirs();
  });

  it('gives up tokens that the API cannot read, and no result for them', async () => {
    const { uplink, outbox, lines } = uplinkTo(api.url);
    outbox.add(passed(), null);
    uplink.handOver(tokens(), inAnHour());
    uplink.start();
    const first = await api.visit();
    await first.letIn();
    await first.hear('tokens');
    await first.hear('results');
    first.socket.close(CLOSE.badFrame, 'tokens: not known');
    const second = await api.visit();
    await second.letIn();
    expect(await second.acknowledge()).toEqual([1]);
    expect(outbox.waiting().dropped).toBe(0);
    expect(lines.find(({ event }) => event === 'handover given up')).toMatchObject({
      reason: 'the API cannot read it',
    });
    await uplink.stop(0);
    outbox.close();
  });
});
