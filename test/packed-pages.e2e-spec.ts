import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '@mailpath/protocol';
import type { DataSource } from 'typeorm';
import { migrationDataSource } from '../apps/api/src/app/database/data-source.ts';
import type { PackedResult } from '../apps/api/src/history/packs/packed-result.ts';
import { PackedResults } from '../apps/api/src/history/packs/packed-results.service.ts';
import { HOUR_MS, storePack } from '../apps/api/src/history/packs/packs.store.ts';
import { splitEvidence } from '../apps/api/src/history/results/evidence-split.ts';
import { storeContents } from '../apps/api/src/history/results/evidence-store.ts';
import type { ResultFilter } from '../apps/api/src/history/results/results.query.ts';
import { ResultsService } from '../apps/api/src/history/results/results.service.ts';
import { createMigratedDatabase, type FreshDatabase } from './support/database.ts';
import { idAt } from './support/observed-results.ts';

const HOUR = Date.UTC(2026, 2, 4, 5);
const SERVERS = 12;
const CHECKS = ['tcp.a', 'tcp.b', 'tcp.c'];

/** Servers that look one after the other: each minute begins with a round of the first, five seconds a server. */
describe('a page of results that are packed', () => {
  const siteId = randomUUID();
  const servers = Array.from({ length: SERVERS }, () => randomUUID());
  const evidence = splitEvidence({ durationMs: 1.5, phases: [], evidence: {} } as never);
  let fresh: FreshDatabase;
  let database: DataSource;
  let results: ResultsService;

  const atOf = (server: number, minute: number, check: number): number =>
    HOUR + minute * 60_000 + server * 5_000 + check * 20;
  const outcomeOf = (server: number, minute: number): Outcome =>
    server === 7 && minute % 20 === 3 ? 'fail' : 'pass';
  const packOf = (server: number): PackedResult[] =>
    Array.from({ length: 60 * CHECKS.length }, (_, n): PackedResult => {
      const [minute, check] = [Math.floor(n / CHECKS.length), n % CHECKS.length];
      const observedAt = atOf(server, minute, check);
      const outcome = outcomeOf(server, minute);
      return {
        agentId: servers[server] ?? '',
        boot: servers[server] ?? '',
        sequence: n + 1,
        id: idAt(observedAt, n),
        runId: null,
        checkId: CHECKS[check] ?? '',
        targetName: 'imap',
        targetHost: 'imap.example',
        targetPort: 993,
        targetMailbox: null,
        observedAt,
        receivedAt: observedAt + 10,
        startedAt: null,
        outcome,
        failurePhase: outcome === 'fail' ? 'connect' : null,
        failureCode: outcome === 'fail' ? 'refused' : null,
        failureMessage: outcome === 'fail' ? 'refused' : null,
        reason: null,
        durationMs: 1.5,
        evidenceHash: evidence.hash,
        values: JSON.parse(evidence.values) as number[],
        repeats: null,
      };
    });
  const all = servers
    .flatMap((serverId, server) => packOf(server).map((result) => ({ serverId, ...result })))
    .sort((a, b) => b.observedAt - a.observedAt);
  const told = (rows: readonly { serverId: string; id: string }[]) =>
    rows.map(({ serverId, id }) => `${serverId} ${id}`);
  const page = async (filter: ResultFilter, limit: number) =>
    told(
      (await results.list(siteId, filter, limit, undefined)).map((row) => ({
        serverId: row.serverId,
        id: row.result.id,
      })),
    );
  /** Whoever unpacks one of them fails. */
  const withoutBodies = async (but: readonly number[], work: () => Promise<void>): Promise<void> => {
    const kept = but.map((server) => servers[server]);
    await database.query(`update packs set body = '\\x00' || body where server_id <> all($1::uuid[])`, [
      kept,
    ]);
    try {
      await work();
    } finally {
      await database.query(
        `update packs set body = substring(body from 2) where server_id <> all($1::uuid[])`,
        [kept],
      );
    }
  };
  const iso = (ms: number): string => new Date(ms).toISOString();

  beforeAll(async () => {
    fresh = await createMigratedDatabase();
    database = await migrationDataSource(fresh.url).initialize();
    results = new ResultsService(database, new PackedResults());
    const contents = [...evidence.contents].map(([hash, json]) => ({ siteId, hash, json }));
    await database.transaction(async (manager) => {
      await storeContents(manager, contents, new Date(HOUR));
      for (const [server, serverId] of servers.entries())
        await storePack(manager, { siteId, serverId, hour: new Date(HOUR), part: 0 }, packOf(server));
    });
  });

  afterAll(async () => {
    await database.destroy();
    await fresh.drop();
  });

  it('is the newest there is, at any place of the hour', async () => {
    for (const to of [HOUR + HOUR_MS, atOf(3, 30, 1), atOf(0, 0, 2), HOUR])
      expect(await page({ to: iso(to) }, 10)).toEqual(
        told(all.filter(({ observedAt }) => observedAt < to)).slice(0, 10),
      );
    expect(await page({ outcome: ['fail'] }, 20)).toEqual(
      told(all.filter(({ outcome }) => outcome === 'fail')),
    );
    expect(await page({ outcome: ['fail'], check: ['tcp.b'], target: ['imap'] }, 2)).toEqual(
      told(all.filter(({ outcome, checkId }) => outcome === 'fail' && checkId === 'tcp.b')).slice(0, 2),
    );
    expect(await page({ outcome: ['warn'] }, 2)).toEqual([]);
  });

  it('unpacks only servers that have some of it', async () => {
    const to = atOf(6, 30, 0);
    const newest = told(all.filter(({ observedAt }) => observedAt < to));
    await withoutBodies([5, 4, 3], async () =>
      expect(await page({ to: iso(to) }, 4)).toEqual(newest.slice(0, 4)),
    );
    await withoutBodies([7], async () =>
      expect(await page({ outcome: ['fail'] }, 5)).toEqual(
        told(all.filter(({ outcome }) => outcome === 'fail')).slice(0, 5),
      ),
    );
    await expect(withoutBodies([], async () => void (await page({}, 1)))).rejects.toThrow('another version');
  });

  it('is the same of packs that an earlier version wrote', async () => {
    await database.query('update packs set seconds = null');
    const to = atOf(6, 30, 0);
    expect(await page({ to: iso(to) }, 20)).toEqual(
      told(all.filter(({ observedAt }) => observedAt < to)).slice(0, 20),
    );
    expect(await page({ outcome: ['fail'] }, 20)).toEqual(
      told(all.filter(({ outcome }) => outcome === 'fail')),
    );
  });
});
