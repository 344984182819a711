import type { CheckResult, Delivery } from '@mailpath/protocol';
import type { EntityManager } from 'typeorm';
import { hourOf } from '../packs/packs.store.ts';
import { type SplitEvidence, splitEvidence } from './evidence-split.ts';
import type { Reporter } from '../../estate/connections/reporter.ts';
import type { StoredContents } from './stored-contents.ts';

/**
 * What an agent may have stored of evidence in an hour. A server's own rounds come to some 2 MB; a week that was kept
 * while the API was away, to what the outbox holds less what is known already.
 */
export const EVIDENCE_BYTES_AN_HOUR = 32 * 1024 * 1024;

/** The observations of an agent's deliveries in two parts, and how many of them lost their evidence. */
export interface StoredEvidence {
  splits: SplitEvidence[];
  leftOut: number;
}

/** What is stored of a group, in the order of its batches. */
export interface StoredEvidences {
  evidence: StoredEvidence[];
  /** What to remember once the transaction is committed. */
  contents: string[];
}

/** What one agent brings; no other batch of a group is of the same agent. */
export interface EvidenceBatch {
  reporter: Reporter;
  deliveries: readonly Delivery[];
}

/**
 * Stores what is new of the evidence of a group of batches, of each up to what its agent has left in this hour. What
 * would exceed it is left out of its result, which says so by the same mark as an agent that cannot send it; the result
 * itself is stored. No statement is about contents that `remembered` has.
 */
export async function storeEvidence(
  manager: EntityManager,
  batches: readonly EvidenceBatch[],
  now: Date,
  remembered: StoredContents,
): Promise<StoredEvidences> {
  const split = batches.map(({ deliveries }) =>
    deliveries.map(({ result }) => splitEvidence(observedIn(result))),
  );
  const hour = new Date(hourOf(now.getTime()));
  const agents = [
    batches.map(({ reporter }) => reporter.siteId),
    batches.map(({ reporter }) => reporter.agentId),
  ];
  // Locks the agents' rows, so that two connections share what is left.
  const rows: { agent_id: string; bytes: string }[] = await manager.query(
    `insert into agent_evidence as used (site_id, agent_id, hour, bytes, left_out)
     select k.site_id, k.agent_id, $3, 0, 0 from unnest($1::uuid[], $2::uuid[]) as k(site_id, agent_id) order by 1, 2
     on conflict (site_id, agent_id) do update
     set hour = excluded.hour, bytes = case when used.hour = excluded.hour then used.bytes else 0 end
     returning agent_id, bytes`,
    [...agents, hour],
  );
  const used = new Map(rows.map(({ agent_id, bytes }) => [agent_id, Number(bytes)]));
  const { known, isCertain } = await knownContents(manager, batches, split, (key) =>
    remembered.has(key, now),
  );
  const spent = batches.map((batch, i) =>
    spend(batch, split[i] as SplitEvidence[], known, used.get(batch.reporter.agentId) ?? 0),
  );
  const contents = contentsOf(
    batches,
    spent.map(({ splits }) => splits),
  ).filter(({ key }) => !isCertain(key));
  if (contents.length > 0) await storeContents(manager, contents, now);
  await manager.query(
    `update agent_evidence e set bytes = t.bytes, left_out = e.left_out + t.left_out
     from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[]) as t(site_id, agent_id, bytes, left_out)
     where e.site_id = t.site_id and e.agent_id = t.agent_id`,
    [...agents, spent.map(({ bytes }) => bytes), spent.map(({ leftOut }) => leftOut)],
  );
  return { evidence: spent, contents: contents.map(({ key }) => key) };
}

/** What is kept of a batch, where its agent has had `bytes` stored in this hour; `known` learns what is new. */
function spend(
  { reporter, deliveries }: EvidenceBatch,
  splits: readonly SplitEvidence[],
  known: Set<string>,
  bytes: number,
): StoredEvidence & { bytes: number } {
  const spent = { splits: [] as SplitEvidence[], leftOut: 0, bytes };
  for (const [index, split] of splits.entries()) {
    const fresh = [...split.contents].filter(([hash]) => !known.has(contentKey(reporter.siteId, hash)));
    const cost =
      Buffer.byteLength(split.values) + fresh.reduce((sum, [, json]) => sum + Buffer.byteLength(json), 0);
    const { result } = deliveries[index] as Delivery;
    if (spent.bytes + cost > EVIDENCE_BYTES_AN_HOUR && Object.keys(result.evidence).length > 0) {
      spent.leftOut += 1;
      spent.splits.push(splitEvidence({ ...observedIn(result), evidence: markOf(result) }));
      continue;
    }
    spent.bytes += cost;
    for (const [hash] of fresh) known.add(contentKey(reporter.siteId, hash));
    spent.splits.push(split);
  }
  return spent;
}

const contentKey = (siteId: string, hash: string): string => `${siteId} ${hash}`;

/** The agent's clock is stored to the millisecond; what it said more precisely goes with the observation. */
function observedIn({ durationMs, phases, evidence, startedAt }: CheckResult) {
  const plain = new Date(startedAt).toISOString() === startedAt;
  return { durationMs, phases, evidence, ...(plain ? {} : { startedAt }) };
}

const markOf = ({ evidence }: CheckResult): CheckResult['evidence'] => ({
  mailpath: { evidenceLeftOutBytes: Buffer.byteLength(JSON.stringify(evidence)) },
});

/** The contents of a group, once for each site, in one order on every connection: that avoids deadlocks. */
function contentsOf(
  batches: readonly EvidenceBatch[],
  splits: readonly (readonly SplitEvidence[])[],
): { key: string; siteId: string; hash: string; json: string }[] {
  const contents = new Map<string, { key: string; siteId: string; hash: string; json: string }>();
  for (const [i, { reporter }] of batches.entries())
    for (const split of splits[i] ?? [])
      for (const [hash, json] of split.contents) {
        const key = contentKey(reporter.siteId, hash);
        contents.set(key, { key, siteId: reporter.siteId, hash, json });
      }
  return [...contents.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** The contents that cost nothing any more, and which of them need not even have their date renewed. */
interface KnownContents {
  known: Set<string>;
  isCertain: (key: string) => boolean;
}

async function knownContents(
  manager: EntityManager,
  batches: readonly EvidenceBatch[],
  splits: readonly (readonly SplitEvidence[])[],
  isRemembered: (key: string) => boolean,
): Promise<KnownContents> {
  const contents = contentsOf(batches, splits);
  const remembered = new Set(contents.map(({ key }) => key).filter(isRemembered));
  const asked = contents.filter(({ key }) => !remembered.has(key));
  const rows: { siteId: string; hash: string }[] =
    asked.length === 0
      ? []
      : await manager.query(
          `select e.site_id as "siteId", encode(e.hash, 'hex') as hash
     from evidence e join unnest($1::uuid[], $2::text[]) as k(site_id, hash)
       on e.site_id = k.site_id and e.hash = decode(k.hash, 'hex')`,
          [asked.map(({ siteId }) => siteId), asked.map(({ hash }) => hash)],
        );
  const known = new Set(remembered);
  for (const { siteId, hash } of rows) known.add(contentKey(siteId, hash));
  return { known, isCertain: (key) => remembered.has(key) };
}

/**
 * In the order of their sites and hashes, as on every connection. The day is renewed, so that the clean-up can tell
 * what no result points to.
 */
export async function storeContents(
  manager: EntityManager,
  contents: readonly { siteId: string; hash: string; json: string }[],
  now: Date,
): Promise<void> {
  await manager.query(
    `insert into evidence (site_id, hash, content, seen_on)
     select site_id, decode(hash, 'hex'), content, ($4::timestamptz at time zone 'UTC')::date
     from unnest($1::uuid[], $2::text[], $3::jsonb[]) as t(site_id, hash, content)
     on conflict (site_id, hash) do update set seen_on = excluded.seen_on where evidence.seen_on < excluded.seen_on`,
    [
      contents.map(({ siteId }) => siteId),
      contents.map(({ hash }) => hash),
      contents.map(({ json }) => json),
      now,
    ],
  );
}
