import type { CheckResult, Delivery } from '@mailpath/protocol';
import type { EntityManager } from 'typeorm';
import { type SplitEvidence, splitEvidence } from './evidence-split.ts';
import type { Reporter } from '../../estate/connections/reporter.ts';

/**
 * What an agent may have stored of evidence in an hour. A server's own rounds come to some 2 MB; a week that was kept
 * while the API was away, to what the outbox holds less what is known already.
 */
export const EVIDENCE_BYTES_AN_HOUR = 32 * 1024 * 1024;
const HOUR_MS = 3_600_000;

/** Deliveries with their observations in two parts, and how many of them lost their evidence. */
export interface StoredEvidence {
  splits: SplitEvidence[];
  leftOut: number;
}

/**
 * Stores what is new of the evidence of a batch, up to what the agent has left in this hour. What would exceed it is
 * left out of its result, which says so by the same mark as an agent that cannot send it; the result itself is stored.
 */
export async function storeEvidence(
  manager: EntityManager,
  { siteId, agentId }: Reporter,
  deliveries: readonly Delivery[],
  now: Date,
): Promise<StoredEvidence> {
  const splits = deliveries.map(({ result }) => splitEvidence(observedIn(result)));
  const hour = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS);
  // Locks the agent's row, so that two connections share what is left.
  const [row]: { bytes: string }[] = await manager.query(
    `insert into agent_evidence as used (site_id, agent_id, hour, bytes, left_out) values ($1, $2, $3, 0, 0)
     on conflict (site_id, agent_id) do update
     set hour = excluded.hour, bytes = case when used.hour = excluded.hour then used.bytes else 0 end returning bytes`,
    [siteId, agentId, hour],
  );
  const known = await knownHashes(manager, siteId, splits);
  let bytes = Number(row?.bytes);
  let leftOut = 0;
  const kept = splits.map((split, index): SplitEvidence => {
    const fresh = [...split.contents].filter(([hash]) => !known.has(hash));
    const cost =
      Buffer.byteLength(split.values) + fresh.reduce((sum, [, json]) => sum + Buffer.byteLength(json), 0);
    const { result } = deliveries[index] as Delivery;
    if (bytes + cost > EVIDENCE_BYTES_AN_HOUR && Object.keys(result.evidence).length > 0) {
      leftOut += 1;
      return splitEvidence({ ...observedIn(result), evidence: markOf(result) });
    }
    bytes += cost;
    for (const [hash] of fresh) known.add(hash);
    return split;
  });
  await keep(manager, siteId, kept, now);
  await manager.query(
    `update agent_evidence set bytes = $3, left_out = left_out + $4 where site_id = $1 and agent_id = $2`,
    [siteId, agentId, bytes, leftOut],
  );
  return { splits: kept, leftOut };
}

/** The agent's clock is stored to the millisecond; what it said more precisely goes with the observation. */
function observedIn({ durationMs, phases, evidence, startedAt }: CheckResult) {
  const plain = new Date(startedAt).toISOString() === startedAt;
  return { durationMs, phases, evidence, ...(plain ? {} : { startedAt }) };
}

const markOf = ({ evidence }: CheckResult): CheckResult['evidence'] => ({
  mailpath: { evidenceLeftOutBytes: Buffer.byteLength(JSON.stringify(evidence)) },
});

async function knownHashes(
  manager: EntityManager,
  siteId: string,
  splits: readonly SplitEvidence[],
): Promise<Set<string>> {
  const rows: { hash: string }[] = await manager.query(
    `select encode(hash, 'hex') as hash from evidence
     where site_id = $1 and hash = any(array(select decode(h, 'hex') from unnest($2::text[]) as h))`,
    [siteId, [...new Set(splits.flatMap(({ contents }) => [...contents.keys()]))]],
  );
  return new Set(rows.map(({ hash }) => hash));
}

/** The day is renewed, so that the clean-up can tell what no result points to; hashes in order avoid deadlocks. */
async function keep(
  manager: EntityManager,
  siteId: string,
  splits: readonly SplitEvidence[],
  now: Date,
): Promise<void> {
  const contents = new Map(splits.flatMap((split) => [...split.contents]));
  const hashes = [...contents.keys()].sort();
  await manager.query(
    `insert into evidence (site_id, hash, content, seen_on)
     select $1, decode(hash, 'hex'), content, ($4::timestamptz at time zone 'UTC')::date
     from unnest($2::text[], $3::jsonb[]) as t(hash, content)
     on conflict (site_id, hash) do update set seen_on = excluded.seen_on where evidence.seen_on < excluded.seen_on`,
    [siteId, hashes, hashes.map((hash) => contents.get(hash)), now],
  );
}
