import type { CheckResult, Outcome, Target } from '@mailpath/protocol';
import { joinEvidence, type Outline, unpackValues } from './evidence-split.ts';
import type { Json } from '@mailpath/protocol';
import type { Newest } from './staleness.ts';

/**
 * A newest result as far as a comparison goes by it. One that passed at first look has no phases, and of its evidence
 * only what it tells of the clock; every other one is whole. Shared by all who read it: never changed.
 */
export type Glance = Newest;

/** A row of `latest` that passed at first look, as Postgres writes it in a list of JSON; moments in ms since 1970. */
export type PassedRow = readonly [
  check: string,
  name: string,
  host: string,
  port: number,
  mailbox: string | null,
  id: string,
  receivedAt: number,
  startedAt: number,
  reason: string | null,
  evidenceHash: string,
  evidenceValues: string,
];

/** The same list, of a row of `latest l`. */
export const PASSED_ROW = `json_build_array(l.check_id, l.target_name, l.target_host, l.target_port, l.target_mailbox,
  l.result_id, floor(extract(epoch from l.received_at) * 1000)::bigint,
  floor(extract(epoch from coalesce(l.started_at, l.observed_at)) * 1000)::bigint,
  l.reason, encode(l.evidence_hash, 'hex'), coalesce(l.evidence_values, ''))`;

/** Which rows `PASSED_ROW` is for. */
export const PASSED = `l.outcome = 'pass' and l.repeats is null and l.evidence_hash is not null`;

const NOTHING: CheckResult['evidence'] = {};
const NO_PHASES: CheckResult['phases'] = [];
const CLOCK = 'clock';

/** Whether more of an observation is wanted than its first value, which is how long it took. */
export const tellsMore = ({ small, large, startedAt }: Outline): boolean =>
  startedAt !== undefined || CLOCK in small || CLOCK in large;

/** `contentOf` knows every outline, and the large sections of those that tell more. */
export function glanceOf(serverId: string, row: PassedRow, contentOf: (hash: string) => Json): Glance {
  const [check, name, host, port, mailbox, id, receivedAt, startedAt, reason, hash, values] = row;
  const target: Target = { name, host, port, ...(mailbox === null ? {} : { mailbox }) };
  const outline = contentOf(hash) as unknown as Outline;
  const seen = tellsMore(outline) ? joinEvidence(outline, values, contentOf) : undefined;
  const clock = seen?.evidence.clock;
  const result: CheckResult = {
    id,
    check,
    target,
    outcome: 'pass' satisfies Outcome,
    startedAt: seen?.startedAt ?? new Date(startedAt).toISOString(),
    durationMs: seen?.durationMs ?? (unpackValues(values)[0] as number),
    phases: NO_PHASES,
    failure: null,
    reason,
    evidence: clock === undefined ? NOTHING : { clock },
    repeats: null,
  };
  return { serverId, result, receivedAt: new Date(receivedAt) };
}

/** Measured, of one that passed: ids, names, moments. */
const GLANCE_BYTES = 520;
/** A character may take two, and what evidence has in common with others is counted with each. */
const BYTES_OF_CHARACTER = 2;

/** About how much of the memory it takes: whole ones by what they say, which an agent decides. */
export const bytesOf = ({ result }: Glance): number =>
  result.phases === NO_PHASES
    ? GLANCE_BYTES +
      BYTES_OF_CHARACTER * ((result.reason?.length ?? 0) + JSON.stringify(result.target).length)
    : GLANCE_BYTES + BYTES_OF_CHARACTER * JSON.stringify(result).length;
