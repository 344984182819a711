import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Outcome } from '@mailpath/protocol';
import type { PackedResult } from '../../apps/api/dist/history/packs/packed-result.js';
import { HOUR_MS, storePack } from '../../apps/api/dist/history/packs/packs.store.js';
import { splitEvidence } from '../../apps/api/dist/history/results/evidence-split.js';
import { storeContents } from '../../apps/api/dist/history/results/evidence-store.js';
import { observationsOf } from '../../apps/api/dist/history/results/observations.js';
import { storeHour } from '../../apps/api/dist/history/roll-ups/roll-ups.store.js';
import { resultId } from '../../libs/checks/src/result-id.ts';

export const CHECKS = Array.from({ length: 40 }, (_, n) => `synthetic.check-${n}`);
export const TARGET = 'synthetic';
const ROUND_MS = 60_000;
/** One in so many results fails: of the first check alone. */
const FAILS = 500;

/** What an agent would have seen: phases of a TLS check, with what other ends say of themselves. */
export function observe(check: number, at: number) {
  const ms = (about: number) => Math.round(about * (0.7 + Math.random() * Math.random() * 3) * 10) / 10;
  const phases = [
    { name: 'resolve', ms: ms(2) },
    { name: 'connect', ms: ms(12) },
    { name: 'tls', ms: ms(25) },
    { name: 'greet', ms: ms(30) },
  ];
  const durationMs = Math.round(phases.reduce((sum, phase) => sum + phase.ms, Math.random()) * 10) / 10;
  const resolve = phases[0]?.ms ?? 0;
  const evidence = {
    dns: { addresses: ['198.51.100.7', '198.51.100.8'], error: null, ms: resolve },
    tls: {
      version: 'TLSv1.3',
      cipher: 'TLS_AES_256_GCM_SHA384',
      chain: Array.from({ length: 3 }, (_, n) => ({
        subject: `CN=${check}-${n}`,
        sha256: hashOf(`${check} ${n}`),
      })),
    },
    greeting: { line: `* OK ready [${randomBytes(8).toString('hex')}] ${new Date(at).toUTCString()}` },
  };
  return { durationMs, phases, evidence };
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Whose history it is. */
export interface SyntheticSite {
  siteId: string;
  servers: { serverId: string; agentId: string; boot: string; sequence: number }[];
}

export const syntheticSite = (servers: number): SyntheticSite => ({
  siteId: randomUUID(),
  servers: Array.from({ length: servers }, () => ({
    serverId: randomUUID(),
    agentId: randomUUID(),
    boot: randomUUID(),
    sequence: 0,
  })),
});

/** Packs and roll-ups of an hour, as Packing writes them. Answers how many results there are in it. */
export async function storeSyntheticHour(
  database: DataSource,
  { siteId, servers }: SyntheticSite,
  hour: Date,
  checks: readonly string[] = CHECKS,
): Promise<number> {
  for (const server of servers) {
    const results: PackedResult[] = [];
    const contents = new Map<string, string>();
    for (let at = hour.getTime(); at < hour.getTime() + HOUR_MS; at += ROUND_MS)
      for (const [n, checkId] of checks.entries()) {
        const observedAt = at + n * 20 + Math.floor(Math.random() * 400);
        const observed = observe(n, observedAt);
        const split = splitEvidence(observed as never);
        for (const [hash, json] of split.contents) contents.set(hash, json);
        server.sequence += 1;
        const fails = n === 0 && Math.random() < checks.length / FAILS;
        results.push({
          agentId: server.agentId,
          boot: server.boot,
          sequence: server.sequence,
          id: resultId(new Date(observedAt)),
          runId: null,
          checkId,
          targetName: TARGET,
          targetHost: 'outlook.office365.com',
          targetPort: 993,
          targetMailbox: null,
          observedAt,
          receivedAt: at + 1_500 + Math.floor(Math.random() * 50),
          startedAt: null,
          outcome: (fails ? 'fail' : 'pass') satisfies Outcome,
          failurePhase: fails ? 'connect' : null,
          failureCode: fails ? 'timeout' : null,
          failureMessage: fails ? 'outlook.office365.com:993 did not answer within 10000 ms' : null,
          reason: null,
          durationMs: observed.durationMs,
          evidenceHash: split.hash,
          values: JSON.parse(split.values) as number[],
          repeats: null,
        });
      }
    await database.transaction(async (manager) => {
      const place = { siteId, serverId: server.serverId, hour };
      await storeContents(
        manager,
        [...contents]
          .map(([hash, json]) => ({ siteId, hash, json }))
          .sort((a, b) => (a.hash < b.hash ? -1 : 1)),
        hour,
      );
      await storePack(manager, { ...place, part: 0 }, results);
      await storeHour(manager, place, await observationsOf(manager, siteId, results));
    });
  }
  return servers.length * checks.length * (HOUR_MS / ROUND_MS);
}
