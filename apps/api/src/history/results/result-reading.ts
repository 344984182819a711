import type { CheckResult } from '@mailpath/protocol';
import type { EntityManager } from 'typeorm';
import { joinEvidence, type Observed, type Outline } from './evidence-split.ts';
import type { ObservedColumns } from './observed.columns.ts';
import type { ResultEntity } from './result.entity.ts';
import type { Json } from '@mailpath/protocol';

/** A row of `results` or `latest`, with what the result's own id is called there. */
export type StoredRow = ObservedColumns &
  Pick<ResultEntity, 'id' | 'serverId' | 'observedAt' | 'checkId' | 'targetName'>;

/** What was observed, for each row: two more statements, whatever the number of rows. */
export async function readStored(
  manager: EntityManager,
  siteId: string,
  rows: readonly StoredRow[],
): Promise<Observed[]> {
  const contents = new Map<string, Json>();
  const read = async (hashes: readonly string[]): Promise<void> => {
    const wanted = hashes.filter((hash) => !contents.has(hash));
    for (const [hash, content] of await readContents(manager, siteId, wanted)) contents.set(hash, content);
  };
  await read(rows.flatMap((row) => hashOf(row) ?? Object.values(row.evidenceHashes ?? {})));
  const outlineOf = (hash: string) => contents.get(hash) as unknown as Outline | undefined;
  await read(
    rows.flatMap((row) => {
      const hash = hashOf(row);
      return Object.values((hash && outlineOf(hash)?.large) || {});
    }),
  );
  const contentOf = (hash: string): Json => {
    const content = contents.get(hash);
    if (content === undefined) throw new Error(`the evidence ${hash} is not there`);
    return content;
  };
  return rows.map((row) => {
    const hash = hashOf(row);
    return hash === null
      ? observedBefore(row, contentOf)
      : joinEvidence(contentOf(hash) as unknown as Outline, row.evidenceValues ?? '', contentOf);
  });
}

/** Contents of evidence by hash, lower-case hexadecimal; what is not there is left out. */
export async function readContents(
  manager: EntityManager,
  siteId: string,
  hashes: readonly string[],
): Promise<Map<string, Json>> {
  const wanted = [...new Set(hashes)];
  if (wanted.length === 0) return new Map();
  const found: { hash: string; content: Json }[] = await manager.query(
    `select encode(hash, 'hex') as hash, content from evidence
     where site_id = $1 and hash = any(array(select decode(h, 'hex') from unnest($2::text[]) as h))`,
    [siteId, wanted],
  );
  return new Map(found.map(({ hash, content }) => [hash, content]));
}

const hashOf = ({ evidenceHash }: StoredRow): string | null => evidenceHash?.toString('hex') ?? null;

function observedBefore(row: StoredRow, contentOf: (hash: string) => Json): Observed {
  const large = Object.entries(row.evidenceHashes ?? {}).map(([section, hash]) => [section, contentOf(hash)]);
  return {
    durationMs: Math.round(row.durationMs * 10) / 10,
    phases: row.phases ?? [],
    evidence: { ...row.evidence, ...Object.fromEntries(large) } as Observed['evidence'],
  };
}

/** Each row with the result that it stands for. */
export async function resultsOf<Row extends StoredRow>(
  manager: EntityManager,
  siteId: string,
  rows: readonly Row[],
): Promise<{ row: Row; result: CheckResult }[]> {
  const observed = await readStored(manager, siteId, rows);
  return rows.map((row, i) => ({ row, result: toResult(row, observed[i] as Observed) }));
}

function toResult(row: StoredRow, observed: Observed): CheckResult {
  const { failurePhase: phase, failureCode: code, failureMessage: message } = row;
  return {
    id: row.id,
    check: row.checkId,
    target: {
      name: row.targetName,
      host: row.targetHost,
      port: row.targetPort,
      ...(row.targetMailbox === null ? {} : { mailbox: row.targetMailbox }),
    },
    outcome: row.outcome,
    startedAt: observed.startedAt ?? (row.startedAt ?? row.observedAt).toISOString(),
    durationMs: observed.durationMs,
    phases: observed.phases,
    failure: phase && code && message ? { phase, code, message } : null,
    reason: row.reason,
    evidence: observed.evidence,
    repeats: row.repeats,
  };
}
