import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import type { CheckResult, RunOrder, Task } from '@mailpath/protocol';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { allowList } from './allow.ts';
import { Rounds, type RoundsOptions } from './rounds.ts';
import { gateOf } from './policy.ts';
import { proxyRule } from './proxy.ts';
import { keptLog } from './testing/log-lines.ts';

const servers: net.Server[] = [];
const sockets = new Set<net.Socket>();
const running: Rounds[] = [];
afterEach(() => {
  for (const rounds of running.splice(0)) rounds.stop();
  for (const server of servers.splice(0)) server.close();
  for (const socket of sockets) socket.destroy();
  sockets.clear();
});

/**
 * A host that accepts and then says nothing, so that a check lasts until its deadline. `most` counts the connections
 * that spoke: those that a check makes for the round trip are closed without a word.
 */
async function silentHost(): Promise<{ port: number; most: () => number }> {
  let open = 0;
  let most = 0;
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.once('data', () => {
      most = Math.max(most, (open += 1));
      socket.once('close', () => (open -= 1));
    });
    socket.on('error', () => socket.destroy());
  });
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, most: () => most };
}

function roundsAllowing(...allow: string[]) {
  return roundsWith({}, ...allow);
}

function roundsWith(more: Partial<RoundsOptions>, ...allow: string[]) {
  const results: { result: CheckResult; runId: string | null }[] = [];
  const { log, events, lines } = keptLog();
  const rounds = new Rounds({
    allowed: allowList(allow),
    ...more,
    log,
    onResult: (result, runId) => void results.push({ result, runId }),
  });
  running.push(rounds);
  return { rounds, results, events, lines };
}

const task = (port: number, check = 'imap.tls', host = '127.0.0.1'): Task => ({
  check,
  target: { name: 'imap', host, port },
});
const plan = (tasks: Task[], deadlineMs = 1_000) => ({
  tasks,
  checkDeadlineMs: deadlineMs,
  roundDeadlineMs: deadlineMs,
});
const order = (tasks: Task[], deadlineMs?: number): RunOrder => ({
  runId: randomUUID(),
  ...plan(tasks, deadlineMs),
});

describe('a round', () => {
  it('touches no place that this server does not allow, and says so as a result', async () => {
    const host = await silentHost();
    const { rounds, results } = roundsAllowing();
    await rounds.scheduled(plan([task(host.port)]));
    expect(host.most()).toBe(0);
    expect(results).toMatchObject([
      {
        runId: null,
        result: {
          outcome: 'skipped',
          reason: `127.0.0.1:${host.port} is not on this server's allow list: add it to agent.json`,
        },
      },
    ]);
  });

  it('answers a check that this agent does not know as skipped', async () => {
    const { rounds, results } = roundsAllowing('127.0.0.1:*');
    await rounds.scheduled(plan([task(1, 'shell.run')]));
    expect(results).toMatchObject([{ result: { check: 'shell.run', outcome: 'skipped' } }]);
  });

  it('gives one result for each task, with the id of the run that asked', async () => {
    const { rounds, results } = roundsAllowing('127.0.0.1:1', '127.0.0.1:2');
    const asked = order([task(1), task(2), task(3)]);
    rounds.order(asked);
    await vi.waitFor(() => expect(results).toHaveLength(3));
    expect(new Set(results.map(({ runId }) => runId))).toEqual(new Set([asked.runId]));
    expect(results.map(({ result }) => `${result.target.port} ${result.outcome}`).sort()).toEqual([
      '1 fail',
      '2 fail',
      '3 skipped',
    ]);
  });

  it('makes at most twenty checks at once, whatever the API asks', async () => {
    const host = await silentHost();
    const { rounds } = roundsAllowing('127.0.0.1:*');
    const tasks = Array.from({ length: 25 }, () => task(host.port));
    rounds.order(order(tasks, 300_000));
    void rounds.scheduled(plan(tasks, 300_000));
    await vi.waitFor(() => expect(host.most()).toBe(20));
    // Connections are served in their order: were there more of the agent's, they would stand before this one.
    const own = net.connect(host.port, '127.0.0.1');
    sockets.add(own);
    own.write('x');
    await vi.waitFor(() => expect(host.most()).toBeGreaterThan(20));
    expect(host.most()).toBe(21);
  });

  it('makes no more checks at once than this server permits, scheduled and ordered together', async () => {
    const host = await silentHost();
    const { rounds } = roundsWith({ mostChecksAtOnce: 3 }, '127.0.0.1:*');
    const tasks = Array.from({ length: 8 }, () => task(host.port));
    rounds.order(order(tasks, 300_000));
    void rounds.scheduled(plan(tasks, 300_000));
    await vi.waitFor(() => expect(host.most()).toBe(3));
    // As above: what the agent had begun would stand before this one.
    const own = net.connect(host.port, '127.0.0.1');
    sockets.add(own);
    own.write('x');
    await vi.waitFor(() => expect(host.most()).toBeGreaterThan(3));
    expect(host.most()).toBe(4);
  });

  it('asks the gate of this server about every address, and says so as a result', async () => {
    const host = await silentHost();
    const allowed = allowList([`localhost.test:${host.port}`]);
    const gate = gateOf({ allowed, networks: [], pins: new Map() });
    // The pin stands for what a resolver answers: the gate is told of none.
    const pins = new Map([['localhost.test', ['127.0.0.1']]]);
    const { rounds, results } = roundsWith({ allowed, gate, pins });
    await rounds.scheduled(plan([task(host.port, 'imap.tls', 'localhost.test')]));
    expect(host.most()).toBe(0);
    expect(results).toMatchObject([
      { result: { outcome: 'skipped', evidence: { policy: { barred: 'address', address: '127.0.0.1' } } } },
    ]);
  });

  it('holds the deadline over all parts of a long list, and answers what it did not get to as skipped', async () => {
    const host = await silentHost();
    const { rounds, results } = roundsAllowing(`127.0.0.1:${host.port}`);
    await rounds.scheduled(plan(Array.from({ length: 25 }, () => task(host.port))));
    expect(results).toHaveLength(25);
    const late = results.filter(({ result }) => result.outcome === 'skipped');
    expect(late).toHaveLength(15);
    expect(late.map(({ result }) => result.reason)).toContain(
      'the deadline of the round had passed before its turn came',
    );
  });

  it('looks again at what failed, under the same run, and tells both results', async () => {
    const { rounds, results, lines } = roundsAllowing('127.0.0.1:1');
    const asked = order([task(1)], 3_000);
    rounds.order(asked);
    await vi.waitFor(() => expect(lines.at(-1)).toMatchObject({ event: 'round', again: 1 }));
    const [first, second] = results;
    expect(results.map(({ result, runId }) => [result.outcome, runId])).toEqual([
      ['fail', asked.runId],
      ['fail', asked.runId],
    ]);
    expect([first?.result.repeats, second?.result.repeats]).toEqual([null, first?.result.id]);
  });

  it('leaves the second look out when the interval has no time for it', async () => {
    const { rounds, results } = roundsAllowing('127.0.0.1:1');
    await rounds.scheduled({ ...plan([task(1)], 3_000), secondLookMs: 500 });
    expect(results).toHaveLength(1);
  });

  it('takes web checks through the proxy of this server, and mail directly', async () => {
    const proxyFor = proxyRule('http://127.0.0.1:2');
    const { rounds, results } = roundsWith({ proxyFor }, '127.0.0.1:1');
    await rounds.scheduled({ ...plan([task(1), task(1, 'https.exchange')]), secondLookMs: 0 });
    const seen = results.map(({ result }) => `${result.check} ${result.failure?.phase}`);
    expect(seen.sort()).toEqual(['https.exchange proxy', 'imap.tls connect']);
  });

  it('works orders off one after the other, and answers one too many as skipped at once', async () => {
    const host = await silentHost();
    const { rounds, results, events } = roundsAllowing('127.0.0.1:*');
    const orders = Array.from({ length: 12 }, () => order([task(host.port)], 300_000));
    for (const one of orders) rounds.order(one);
    expect(results).toMatchObject([
      {
        runId: orders[11]?.runId,
        result: { outcome: 'skipped', reason: 'not run: 10 runs are waiting on this server already' },
      },
    ]);
    expect(events()).toContain('run refused');
    await vi.waitFor(() => expect(host.most()).toBe(1));
  });

  it('leaves no result of a check that was cut off, and begins no other', async () => {
    const host = await silentHost();
    const { rounds, results, events } = roundsAllowing('127.0.0.1:*');
    rounds.order(order([task(host.port)], 300_000));
    rounds.order(order([task(host.port)], 300_000));
    await vi.waitFor(() => expect(host.most()).toBe(1));
    rounds.stop();
    await vi.waitFor(() => expect(events()).toContain('round'));
    expect(results).toEqual([]);
    expect(host.most()).toBe(1);
  });
});
