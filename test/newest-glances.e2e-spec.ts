import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckResult } from '@mailpath/protocol';
import { compare, type ComparedServerWithTasks } from '../apps/api/src/conclusions/comparisons/compare.ts';
import { ComparisonsService } from '../apps/api/src/conclusions/comparisons/comparisons.service.ts';
import { NewestGlances } from '../apps/api/src/history/results/newest-glances.service.ts';
import { ResultsService } from '../apps/api/src/history/results/results.service.ts';
import type { Newest } from '../apps/api/src/history/results/staleness.ts';
import { type RunningApi, startApi } from './support/api.ts';
import { REFUSED } from './support/finding-site.ts';
import { client } from './support/mail-site.ts';
import { createSite, enrolServer, resultOf, ScriptedAgent } from './support/scripted-agent.ts';

const CHECK = 'tcp.connect';
const TARGETS = ['one', 'two', 'three'].map((name) => ({ name, host: `${name}.example`, port: 993 }));
/** Of what is asked of a server alone the newest is kept. */
const asking = () => ({
  name: randomUUID(),
  extraTargets: TARGETS.map((target) => ({ ...target, check: CHECK, roles: ['services'] })),
});

/** What a comparison has no use for, left out of what was read as a whole and without a memory. */
const seenAtAGlance = ({ serverId, result, receivedAt }: Newest): Newest => {
  if (result.outcome !== 'pass' || result.repeats !== null) return { serverId, result, receivedAt };
  const { clock } = result.evidence;
  const evidence = clock === undefined ? {} : { clock };
  return { serverId, receivedAt, result: { ...result, phases: [], evidence } };
};

const keyOf = ({ serverId, result }: Newest): string => `${serverId} ${result.check} ${result.target.name}`;
const inOrder = (all: readonly Newest[]): Newest[] =>
  all.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));

/** Of any kind: what evidence says, whether it failed, what it looked at again. */
const anyResult = fc
  .record({
    target: fc.constantFrom(...TARGETS),
    outcome: fc.constantFrom('pass', 'pass', 'pass', 'fail', 'warn', 'skipped'),
    aheadMs: fc.option(fc.integer({ min: -9e6, max: 9e6 })),
    word: fc.option(fc.constantFrom('a', 'word '.repeat(80))),
    repeats: fc.boolean(),
    durationMs: fc.double({ min: 0, max: 9_999, noNaN: true }),
    agoMs: fc.integer({ min: 0, max: 3_600_000 }),
  })
  .map(({ target, outcome, aheadMs, word, repeats, durationMs, agoMs }): Partial<CheckResult> => ({
    id: uuidv7(),
    check: CHECK,
    target,
    durationMs,
    startedAt: new Date(Date.now() - agoMs).toISOString(),
    ...(outcome === 'fail' ? REFUSED : {}),
    outcome: outcome as CheckResult['outcome'],
    reason: outcome === 'skipped' ? 'not asked' : null,
    repeats: repeats && outcome !== 'skipped' ? uuidv7() : null,
    evidence: {
      ...(aheadMs === null ? {} : { clock: { source: 'http-date', aheadMs } }),
      ...(word === null ? {} : { http: { word, more: aheadMs } }),
    } as never,
  }));

const action = fc.oneof(
  { weight: 6, arbitrary: fc.record({ result: anyResult, of: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ read: fc.constantFrom('first', 'second') }) },
  { weight: 1, arbitrary: fc.record({ rename: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ remove: fc.nat(2) }) },
);

describe('newest results at a glance', () => {
  let first: RunningApi;
  let second: RunningApi;
  const joined = new Set<ScriptedAgent>();

  beforeAll(async () => {
    first = await startApi();
    second = await startApi({ database: first.database });
  });
  afterAll(async () => {
    for (const agent of joined) await agent.leave();
    await second.close();
    await first.close();
  });

  /** An agent of its own, at one of the two instances. */
  const enrol = async (siteId: string, at: RunningApi) => {
    const identity = await enrolServer(first, siteId, `s-${randomUUID()}`, ['services']);
    const agent = await ScriptedAgent.join(at.url, identity);
    joined.add(agent);
    return { serverId: identity.serverId, agent, at };
  };
  const whole = (siteId: string) => first.app.get(ResultsService).latest(siteId);
  const remembered = (at: RunningApi, siteId: string) => at.app.get(NewestGlances).of(siteId);
  const expectTrue = async (siteId: string, ...instances: RunningApi[]) => {
    const there = inOrder(await whole(siteId));
    for (const at of instances)
      expect(inOrder(await remembered(at, siteId))).toEqual(there.map(seenAtAGlance));
    return there;
  };

  it('are what is there, whatever was stored or removed over whichever instance, and whoever read before', async () => {
    const siteId = await createSite(first, asking());
    const servers = [await enrol(siteId, first), await enrol(siteId, second), await enrol(siteId, second)];
    const names = new Map<string, string>();
    let seen = 0;
    // Each goes on where the one before it ended: what is remembered by then is a part of what is tried.
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 8, maxLength: 24 }), async (actions) => {
        for (const act of actions) {
          if ('read' in act) await expectTrue(siteId, act.read === 'first' ? first : second);
          else if ('result' in act) {
            const agent = servers[act.of]?.agent as ScriptedAgent;
            const result = resultOf(act.result);
            await agent.deliver([{ sequence: agent.nextSequence(), runId: null, result }]);
          } else if ('rename' in act) {
            const { serverId } = servers[act.rename] as (typeof servers)[number];
            const name = `r-${randomUUID()}`;
            names.set(serverId, name);
            await client(first).patch(`/v1/sites/${siteId}/servers/${serverId}`).send({ name }).expect(200);
          } else {
            const { serverId, agent, at } = servers[act.remove] as (typeof servers)[number];
            await client(second).delete(`/v1/sites/${siteId}/servers/${serverId}`).expect(204);
            names.delete(serverId);
            joined.delete(agent);
            await agent.closed();
            servers[act.remove] = await enrol(siteId, at);
          }
        }
        const there = await expectTrue(siteId, first, second);
        seen += there.length;
        for (const at of [first, second]) {
          const { servers: columns } = await at.app.get(ComparisonsService).of(siteId, 'en');
          const told = new Map(columns.map(({ id, name }) => [id, name]));
          expect([...told.keys()].toSorted()).toEqual(servers.map(({ serverId }) => serverId).toSorted());
          for (const [id, name] of names) expect(told.get(id)).toBe(name);
        }
        const compared = (latest: readonly Newest[]) =>
          compare({
            site: { id: siteId, name: 'hq', inboundProtocol: 'imap' },
            servers: servers.map(({ serverId }): ComparedServerWithTasks => ({
              id: serverId,
              name: serverId,
              roles: ['services'],
              agent: { state: 'connected', lastSeenAt: null },
              tasks: TARGETS.map((target) => ({ check: CHECK, target })),
            })),
            latest,
            titleOf: (check) => check,
            now: new Date('2026-11-28T12:00:00.000Z'),
            staleAfterMs: 200_000,
            mailStaleAfterMs: 200_000,
            findingAt: () => null,
          });
        expect(compared(await remembered(second, siteId))).toEqual(compared(there));
      }),
      { numRuns: 8, endOnFailure: true },
    );
    expect(seen).toBeGreaterThan(8);
  });

  it('are read anew when a transaction that began before another one ends after it, and when an id comes twice', async () => {
    const siteId = await createSite(first, asking());
    const { agent, serverId } = await enrol(siteId, first);
    for (const target of TARGETS)
      await agent.deliver([
        { sequence: agent.nextSequence(), runId: null, result: resultOf({ check: CHECK, target }) },
      ]);
    expect(await expectTrue(siteId, first)).toHaveLength(3);
    const [early, late] = [first.database.url, first.database.url].map(
      (connectionString) => new Client({ connectionString }),
    ) as [Client, Client];
    await Promise.all([early.connect(), late.connect()]);
    // The result's id stays as it is: no version may go by that alone.
    const change = (by: Client, port: number, name: string) =>
      by.query(
        'update latest set target_port = $3 where site_id = $1 and server_id = $2 and target_name = $4',
        [siteId, serverId, port, name],
      );
    try {
      await early.query('begin');
      await change(early, 1_111, 'one');
      await change(late, 2_222, 'two');
      await expectTrue(siteId, first, second);
      await early.query('commit');
      await expectTrue(siteId, first, second);
      // Two rows of one id and one transaction must not hide each other.
      for (const port of [3_333, 4_444]) {
        await early.query('begin');
        await change(early, port, 'one');
        await change(early, port, 'two');
        await early.query(`update latest set result_id = $2 where site_id = $1 and target_name <> 'three'`, [
          siteId,
          randomUUID(),
        ]);
        await early.query('commit');
        await expectTrue(siteId, first, second);
      }
    } finally {
      await Promise.all([early.end(), late.end()]);
    }
  });

  it('of a server that has reported nothing since are not read again', async () => {
    const siteId = await createSite(first, asking());
    const servers = [await enrol(siteId, first), await enrol(siteId, second)];
    const report = async (n: number) => {
      const agent = servers[n]?.agent as ScriptedAgent;
      const result = resultOf({ check: CHECK, target: TARGETS[0] as CheckResult['target'] });
      await agent.deliver([{ sequence: agent.nextSequence(), runId: null, result }]);
    };
    await report(0);
    await report(1);
    const of = (all: readonly Newest[], n: number) =>
      all.find(({ serverId }) => serverId === servers[n]?.serverId);
    const before = await remembered(first, siteId);
    await report(1);
    const after = await remembered(first, siteId);
    expect(of(after, 0)).toBe(of(before, 0));
    expect(of(after, 1)).not.toBe(of(before, 1));
  });
});
