import { createPublicKey, verify } from 'node:crypto';
import { once } from 'node:events';
import { CLOSE, joinStatement, PROTOCOL_VERSION, type Assignment } from '@mailpath/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { passed } from './testing/result-fixtures.ts';
import { ScriptedApi } from './testing/scripted-api.ts';
import { removeTempDirs } from './testing/temp-dir.ts';
import { uplinkTo } from './testing/uplink-kit.ts';
import type { UplinkTimings } from './uplink-options.ts';

let api: ScriptedApi;
const started: ReturnType<typeof uplinkTo>[] = [];
beforeEach(async () => void (api = await ScriptedApi.listen()));
afterEach(async () => {
  for (const { uplink, outbox } of started.splice(0)) {
    await uplink.stop(0);
    outbox.close();
  }
  await api.stop();
  removeTempDirs();
});

function start(timings?: Partial<UplinkTimings>): ReturnType<typeof uplinkTo> {
  const agent = uplinkTo(api.url, timings);
  started.push(agent);
  agent.uplink.start();
  return agent;
}

describe('the uplink', () => {
  it('joins by signing the challenge of this connection with its key', async () => {
    const { agentId, boot, key } = start();
    const visit = await api.visit();
    const join = await visit.letIn();
    expect(join).toMatchObject({ agentId, boot, protocol: PROTOCOL_VERSION });
    expect(join.facts.nodeVersion).toBe(process.versions.node);
    const signature = Buffer.from(join.signature, 'base64url');
    const publicKey = createPublicKey(key);
    expect(verify(null, joinStatement(visit.nonce, agentId), publicKey, signature)).toBe(true);
    expect(verify(null, joinStatement('A'.repeat(43), agentId), publicKey, signature)).toBe(false);
  });

  it('signs one challenge a connection and no other', async () => {
    const { lines } = start();
    const visit = await api.visit();
    await visit.letIn();
    visit.say({ event: 'challenge', data: { protocol: 1, nonce: 'B'.repeat(43) } });
    await vi.waitFor(() => expect(lines.some((line) => line['reason'] === 'second challenge')).toBe(true));
    expect(visit.unheard).toBe(0);
  });

  it('sends one batch at a time and the next when it is acknowledged', async () => {
    const { outbox, uplink, boot } = start();
    for (let i = 0; i < 101; i += 1) outbox.add(passed(), null);
    const visit = await api.visit();
    await visit.letIn();
    expect(await visit.acknowledge()).toHaveLength(100);
    const second = await visit.hear('results');
    expect(second).toMatchObject({ boot, deliveries: [{ sequence: 101 }] });
    outbox.add(passed(), null);
    uplink.flush();
    visit.say({ event: 'acknowledged', data: { boot, sequence: 101 } });
    expect(await visit.acknowledge()).toEqual([102]);
    await vi.waitFor(() => expect(outbox.waiting().rows).toBe(0));
  });

  it('sends what was not acknowledged again after a reconnect, with the same numbers', async () => {
    const { outbox } = start();
    outbox.add(passed(), null);
    outbox.add(passed(), null);
    const first = await api.visit();
    await first.letIn();
    const sent = await first.hear('results');
    first.socket.terminate();
    const second = await api.visit();
    await second.letIn();
    expect(await second.hear('results')).toEqual({ ...sent, sentAtMs: expect.any(Number) as number });
  });

  it('connects anew when a batch gets no answer', async () => {
    const { outbox, events } = start({ ackMs: 50 });
    outbox.add(passed(), null);
    const first = await api.visit();
    await first.letIn();
    const sent = await first.hear('results');
    const [code] = (await once(first.socket, 'close')) as [number];
    expect(code).toBe(CLOSE.goingAway);
    const second = await api.visit();
    await second.letIn();
    expect(await second.hear('results')).toEqual({ ...sent, sentAtMs: expect.any(Number) as number });
    expect(events()).toContain('no answer to a batch');
  });

  it('keeps a deferred batch and sends it again on the same connection after the time it was told', async () => {
    const { outbox, boot } = start();
    outbox.add(passed(), null);
    const visit = await api.visit();
    await visit.letIn();
    const sent = await visit.hear('results');
    const deferredMs = performance.now();
    visit.say({ event: 'deferred', data: { boot, retryAfterMs: 100 } });
    expect(await visit.hear('results')).toEqual({ ...sent, sentAtMs: expect.any(Number) as number });
    expect(performance.now() - deferredMs).toBeGreaterThanOrEqual(95);
  });

  it('ignores a frame it cannot read, says why in the log, and goes on', async () => {
    const { outbox, lines, assignments, uplink } = start();
    const visit = await api.visit();
    await visit.letIn();
    const bad: Assignment = {
      revision: 'r',
      everySeconds: 0,
      checkDeadlineMs: 1,
      roundDeadlineMs: 1,
      tasks: [],
    };
    for (const frame of ['not JSON', '{"event":"shell","data":{"run":"rm"}}', '[]']) visit.socket.send(frame);
    visit.socket.send(Buffer.from([1, 2, 3]));
    visit.say({ event: 'assignment', data: bad });
    await vi.waitFor(() => expect(lines.filter((line) => line.event === 'frame ignored')).toHaveLength(5));
    outbox.add(passed(), null);
    uplink.flush();
    expect(await visit.acknowledge()).toEqual([1]);
    expect(assignments).toEqual([]);
  });

  it('connects anew when the API is not heard for three beats, and not while pings come', async () => {
    const { lines } = start();
    const first = await api.visit();
    await first.letIn(100);
    for (const endMs = performance.now() + 600; performance.now() < endMs;) {
      first.socket.ping();
      await once(first.socket, 'pong');
    }
    expect(lines.some((line) => line.event === 'disconnected')).toBe(false);
    const second = await api.visit();
    await second.letIn();
    expect(lines.find((line) => line.event === 'disconnected')).toMatchObject({
      error: 'nothing heard from the API for 300 ms',
    });
  });

  it('finds the one result that the API cannot read, gives it up, and delivers the others', async () => {
    const { outbox } = start();
    for (let i = 0; i < 12; i += 1) outbox.add(passed(), null);
    const stored: number[] = [];
    while (stored.length < 11) {
      const visit = await api.visit();
      await visit.letIn();
      for (let open = true; open && stored.length < 11;) {
        const { boot, deliveries } = await visit.hear('results');
        const sequences = deliveries.map((delivery) => delivery.sequence);
        open = !sequences.includes(7);
        if (open) {
          stored.push(...sequences);
          visit.say({ event: 'acknowledged', data: { boot, sequence: sequences.at(-1) ?? 0 } });
        } else {
          visit.socket.close(CLOSE.badFrame, 'cannot read it');
        }
      }
    }
    expect(stored).toEqual([1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12]);
    await vi.waitFor(() => expect(outbox.waiting()).toMatchObject({ rows: 0, dropped: 1 }));
  });

  it('says what to do when the API turns it away, and does not give up', async () => {
    const { lines } = start();
    for (const code of [CLOSE.notKnown, CLOSE.revoked, CLOSE.replaced, CLOSE.cloned, CLOSE.protocolVersion]) {
      const visit = await api.visit();
      visit.socket.close(code);
      await vi.waitFor(() => {
        const line = lines.find((one) => one['code'] === code);
        expect(line).toMatchObject({
          level: 'error',
          event: 'turned away',
          advice: expect.any(String) as string,
        });
      });
    }
  });

  it('sends what waits before it goes, and says goodbye', async () => {
    const { outbox, uplink, events, lines } = start();
    const visit = await api.visit();
    await visit.letIn();
    await vi.waitFor(() => expect(events()).toContain('joined'));
    // What the API calls this connection in its own log.
    expect(lines.find(({ event }) => event === 'joined')).toMatchObject({ connectionId: 'the-connection' });
    outbox.add(passed(), null);
    const closed = once(visit.socket, 'close') as Promise<[number]>;
    const stopped = uplink.stop(2_000);
    expect(await visit.acknowledge()).toEqual([1]);
    await stopped;
    expect((await closed)[0]).toBe(CLOSE.goingAway);
    expect(outbox.waiting().rows).toBe(0);
  });

  it('keeps trying while the API is away, and reports when it is back', async () => {
    const { port } = api;
    const { outbox, events } = start();
    await (await api.visit()).letIn();
    await api.stop();
    outbox.add(passed(), null);
    await vi.waitFor(() =>
      expect(events().filter((event) => event === 'disconnected').length).toBeGreaterThan(2),
    );
    api = await ScriptedApi.listen(port);
    const visit = await api.visit();
    await visit.letIn();
    expect(await visit.acknowledge()).toEqual([1]);
  });
});
