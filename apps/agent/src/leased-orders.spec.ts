import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CLIENT_SECRET, contentOf, leasedAgent, leasedOrder, REFRESH } from './testing/leased-agent.ts';
import { ScriptedApi, type Visit } from './testing/scripted-api.ts';
import { SignInHost } from './testing/sign-in-host.ts';
import { removeTempDirs } from './testing/temp-dir.ts';

let api: ScriptedApi;
let host: SignInHost;
const running: ReturnType<typeof leasedAgent>[] = [];
beforeEach(async () => {
  api = await ScriptedApi.listen();
  host = await SignInHost.listen();
});
afterEach(async () => {
  for (const { agent } of running.splice(0)) await agent.stop(0);
  await api.stop();
  await host.stop();
  removeTempDirs();
});

function start(allow = [`127.0.0.1:${host.port}`]) {
  const agent = leasedAgent(api.url, allow);
  running.push(agent);
  return agent;
}

/** Nothing here of what was lent or obtained, as it is or as base64. */
function expectNoSecretIn(text: string): void {
  const lent = REFRESH.kind === 'refresh-token' ? REFRESH.refreshToken : '';
  for (const secret of [lent, CLIENT_SECRET, host.accessToken, host.refreshToken]) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain(Buffer.from(secret).toString('base64'));
  }
}

/** The results of the next batch, acknowledged; batches hold one order's results in one or several parts. */
async function resultsOf(visit: Visit, count: number) {
  const results = [];
  while (results.length < count) {
    const { boot, deliveries } = await visit.hear('results');
    results.push(...deliveries);
    visit.say({ event: 'acknowledged', data: { boot, sequence: deliveries.at(-1)?.sequence ?? 0 } });
  }
  return results;
}

describe('an order with a lease', () => {
  it('hands the tokens on before its results, and the results hold none of them', async () => {
    start();
    const visit = await api.visit();
    await visit.letIn();
    const order = leasedOrder(host);
    visit.say({ event: 'run', data: order });
    expect(await visit.hear('tokens')).toMatchObject({
      leaseId: order.lease.id,
      accessToken: host.accessToken,
      refreshToken: host.refreshToken,
    });
    const results = await resultsOf(visit, 2);
    expect(results.map(({ runId, result }) => [runId, result.check, result.outcome])).toEqual([
      [order.runId, 'token.refresh', 'pass'],
      [order.runId, 'imap.mailbox', 'pass'],
    ]);
    expect(results[1]?.result.evidence.login?.reply).toBe('no to Bearer [secret]');
    expectNoSecretIn(JSON.stringify(results));
  });

  it('shows the device code before the token comes', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    host.gate = promise;
    start();
    const visit = await api.visit();
    await visit.letIn();
    const order = leasedOrder(host, { grant: { kind: 'device-code' }, clientSecret: null });
    visit.say({ event: 'run', data: order });
    const code = await visit.hear('device-code');
    expect(code).toMatchObject({ leaseId: order.lease.id, userCode: 'ABCD' });
    resolve();
    expect(await visit.hear('tokens')).toMatchObject({ leaseId: order.lease.id });
  });

  it('that waits for a person holds up no other', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    host.gate = promise;
    start();
    const visit = await api.visit();
    await visit.letIn();
    const waiting = leasedOrder(host, { grant: { kind: 'device-code' }, clientSecret: null });
    visit.say({ event: 'run', data: waiting });
    await visit.hear('device-code');
    const other = leasedOrder(host, { expiresAt: '2026-01-01T00:00:00Z' });
    visit.say({ event: 'run', data: other });
    const results = await resultsOf(visit, 2);
    expect(results.map(({ runId, result }) => [runId, result.outcome])).toEqual([
      [other.runId, 'skipped'],
      [other.runId, 'skipped'],
    ]);
    resolve();
    expect(await visit.hear('tokens')).toMatchObject({ leaseId: waiting.lease.id });
  });

  it('holds the tokens in memory while the API is away, with nothing of them on disk or in the log', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    host.gate = promise;
    const { stateDir, events, lines } = start();
    const { port } = api;
    const before = await api.visit();
    await before.letIn();
    before.say({ event: 'run', data: leasedOrder(host) });
    await vi.waitFor(() => expect(host.asked).toEqual(['/token']));
    await api.stop();
    await vi.waitFor(() => expect(events()).toContain('disconnected'));
    resolve();
    await vi.waitFor(() => expect(events()).toContain('leased order'));

    // The results are gathered before they are written, so the folder is looked at when there is something to be found.
    await vi.waitFor(() => expect(contentOf(stateDir).includes('imap.mailbox')).toBe(true));
    expectNoSecretIn(contentOf(stateDir));
    expectNoSecretIn(JSON.stringify(lines));

    api = await ScriptedApi.listen(port);
    const after = await api.visit();
    await after.letIn();
    expect(await after.hear('tokens')).toMatchObject({ refreshToken: host.refreshToken });
    expect(await resultsOf(after, 2)).toHaveLength(2);
    expectNoSecretIn(contentOf(stateDir));
  });

  it('hands the tokens on again when the connection was lost before the results were stored, and then no more', async () => {
    start();
    const first = await api.visit();
    await first.letIn();
    first.say({ event: 'run', data: leasedOrder(host) });
    const sent = await first.hear('tokens');
    await first.hear('results');
    first.socket.terminate();
    const second = await api.visit();
    await second.letIn();
    expect(await second.hear('tokens')).toEqual(sent);
    await resultsOf(second, 2);
    second.socket.terminate();
    const third = await api.visit();
    await third.letIn();
    third.say({ event: 'run', data: leasedOrder(host, { expiresAt: '2026-01-01T00:00:00Z' }) });
    // Were the first order's tokens still held, they would stand before these results.
    expect(await resultsOf(third, 2)).toHaveLength(2);
  });

  it('is answered as skipped when its lease has expired, with nothing asked of anybody', async () => {
    const { lines } = start();
    const visit = await api.visit();
    await visit.letIn();
    visit.say({ event: 'run', data: leasedOrder(host, { expiresAt: '2026-01-01T00:00:00Z' }) });
    const results = await resultsOf(visit, 2);
    const reason =
      'not run: its lease expired at 2026-01-01T00:00:00Z, according to the clock of this server';
    expect(results.map(({ result }) => [result.outcome, result.reason])).toEqual([
      ['skipped', reason],
      ['skipped', reason],
    ]);
    expect(host.asked).toEqual([]);
    expect(lines.find(({ event }) => event === 'lease expired')).toBeDefined();
  });

  it('goes to no place that this server does not allow', async () => {
    start([]);
    const visit = await api.visit();
    await visit.letIn();
    visit.say({ event: 'run', data: leasedOrder(host) });
    const results = await resultsOf(visit, 2);
    const reason = `127.0.0.1:${host.port} is not on this server's allow list: add it to agent.json`;
    expect(results.map(({ result }) => result.reason)).toEqual([reason, reason]);
    expect(host.asked).toEqual([]);
  });

  it('waits for the one before it, and one too many is answered as skipped', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    host.gate = promise;
    start();
    const visit = await api.visit();
    await visit.letIn();
    for (let i = 0; i < 12; i += 1) visit.say({ event: 'run', data: leasedOrder(host) });
    const results = await resultsOf(visit, 2);
    expect(results[0]?.result.reason).toBe(
      'not run: 10 orders with a lease are waiting on this server already',
    );
    await vi.waitFor(() => expect(host.asked).toEqual(['/token']));
    resolve();
  });

  it('leaves no result and no token when the agent is stopped in between', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    host.gate = promise;
    const { agent, stateDir, events } = start();
    const visit = await api.visit();
    await visit.letIn();
    visit.say({ event: 'run', data: leasedOrder(host) });
    await vi.waitFor(() => expect(host.asked).toEqual(['/token']));
    running.length = 0;
    await agent.stop(1_000);
    resolve();
    await vi.waitFor(() => expect(events()).toContain('leased order'));
    expect(visit.unheard).toBe(0);
    expectNoSecretIn(contentOf(stateDir));
  });
});
