import type { CheckResult } from '@mailpath/protocol';
import type { EntityManager } from 'typeorm';
import { joinEvidence, type Observed, type Outline } from './evidence-split.ts';
import type { Json } from './skeleton.ts';

/** A row of `results` or `latest`. */
export interface StoredRow {
  id: string;
  server_id: string;
  received_at: Date;
  observed_at: Date;
  started_at: Date | null;
  check_id: string;
  target_name: string;
  target_host: string;
  target_port: number;
  target_mailbox: string | null;
  outcome: CheckResult['outcome'];
  failure_phase: NonNullable<CheckResult['failure']>['phase'] | null;
  failure_code: NonNullable<CheckResult['failure']>['code'] | null;
  failure_message: string | null;
  reason: string | null;
  duration_ms: number;
  repeats: string | null;
  /** Hexadecimal; with it, the three below are null. */
  evidence_hash: string | null;
  evidence_values: string | null;
  /** As results were stored before observations were split: section to facts, and section to hash for the large ones. */
  phases: CheckResult['phases'] | null;
  evidence: CheckResult['evidence'] | null;
  evidence_hashes: Record<string, string> | null;
}

/** The columns of a StoredRow but for its id, of a table called `r`. */
export const FACTS = `r.server_id, r.received_at, r.observed_at, r.started_at, r.check_id, r.target_name, r.target_host, r.target_port,
  r.target_mailbox, r.outcome, r.failure_phase, r.failure_code, r.failure_message, r.reason, r.duration_ms, r.repeats,
  encode(r.evidence_hash, 'hex') as evidence_hash, r.evidence_values, r.phases, r.evidence, r.evidence_hashes`;

/** What was observed, for each row: two more statements, whatever the number of rows. */
export async function readStored(
  manager: EntityManager,
  siteId: string,
  rows: readonly StoredRow[],
): Promise<Observed[]> {
  const contents = new Map<string, Json>();
  const read = async (hashes: readonly string[]): Promise<void> => {
    const wanted = [...new Set(hashes)].filter((hash) => !contents.has(hash));
    if (wanted.length === 0) return;
    const found: { hash: string; content: Json }[] = await manager.query(
      `select encode(hash, 'hex') as hash, content from evidence
       where site_id = $1 and hash = any(array(select decode(h, 'hex') from unnest($2::text[]) as h))`,
      [siteId, wanted],
    );
    for (const { hash, content } of found) contents.set(hash, content);
  };
  await read(
    rows.flatMap(
      ({ evidence_hash, evidence_hashes }) => evidence_hash ?? Object.values(evidence_hashes ?? {}),
    ),
  );
  const outlineOf = (hash: string) => contents.get(hash) as unknown as Outline | undefined;
  await read(
    rows.flatMap(({ evidence_hash }) =>
      Object.values((evidence_hash && outlineOf(evidence_hash)?.large) || {}),
    ),
  );
  const contentOf = (hash: string): Json => {
    const content = contents.get(hash);
    if (content === undefined) throw new Error(`the evidence ${hash} is not there`);
    return content;
  };
  return rows.map((row) =>
    row.evidence_hash === null
      ? observedBefore(row, contentOf)
      : joinEvidence(
          contentOf(row.evidence_hash) as unknown as Outline,
          row.evidence_values ?? '',
          contentOf,
        ),
  );
}

function observedBefore(row: StoredRow, contentOf: (hash: string) => Json): Observed {
  const large = Object.entries(row.evidence_hashes ?? {}).map(([section, hash]) => [
    section,
    contentOf(hash),
  ]);
  return {
    durationMs: Math.round(row.duration_ms * 10) / 10,
    phases: row.phases ?? [],
    evidence: { ...row.evidence, ...Object.fromEntries(large) } as Observed['evidence'],
  };
}

export function toResult(row: StoredRow, observed: Observed): CheckResult {
  const { failure_phase: phase, failure_code: code, failure_message: message } = row;
  return {
    id: row.id,
    check: row.check_id,
    target: {
      name: row.target_name,
      host: row.target_host,
      port: row.target_port,
      ...(row.target_mailbox === null ? {} : { mailbox: row.target_mailbox }),
    },
    outcome: row.outcome,
    startedAt: observed.startedAt ?? (row.started_at ?? row.observed_at).toISOString(),
    durationMs: observed.durationMs,
    phases: observed.phases,
    failure: phase && code && message ? { phase, code, message } : null,
    reason: row.reason,
    evidence: observed.evidence,
    repeats: row.repeats,
  };
}
