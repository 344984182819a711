import { createHash } from 'node:crypto';
import { type CheckResult, type Json, keysOf, putTogether, takeApart } from '@mailpath/protocol';

/** A section whose skeleton is at least this long is a content of its own, which other checks have as well. */
export const SHARED_FROM_CHARACTERS = 256;
/** A shorter text is not worth pointing back to. */
const REPEATED_FROM_CHARACTERS = 6;

/** What of a result is stored by its content; `startedAt` where its column cannot hold it as it was said. */
export type Observed = Pick<CheckResult, 'durationMs' | 'phases' | 'evidence'> &
  Partial<Pick<CheckResult, 'startedAt'>>;

/** A content that points to others: the small sections lie in it, of the large ones it has the hash. */
export interface Outline {
  phases: Json;
  startedAt?: Json;
  small: Record<string, Json>;
  large: Record<string, string>;
}

/** An observation as it is stored: what every observation like it has in common, by its SHA-256, and its own values. */
export interface SplitEvidence {
  /** Of the outline, lower-case hexadecimal. */
  hash: string;
  /** JSON of a list: the values in order; a list of one number stands for an earlier value, by its index. */
  values: string;
  /** Hash to JSON text. */
  contents: Map<string, string>;
}

/**
 * Milliseconds, ids, addresses and dates stay with the result, since they are never the same twice; what is left of
 * certificates, capabilities and answers is the same in thousands of results and is kept once.
 */
export function splitEvidence({ durationMs, phases, evidence, startedAt }: Observed): SplitEvidence {
  const contents = new Map<string, string>();
  const keep = (json: string): string => {
    const hash = createHash('sha256').update(json).digest('hex');
    contents.set(hash, json);
    return hash;
  };
  const timings = takeApart(phases as unknown as Json);
  const outline: Outline = { phases: timings.skeleton, small: {}, large: {} };
  const values: (number | string)[] = [durationMs, ...timings.values];
  if (startedAt !== undefined) {
    const said = takeApart(startedAt);
    outline.startedAt = said.skeleton;
    values.push(...said.values);
  }
  for (const section of keysOf(evidence)) {
    const taken = takeApart(evidence[section] as Json);
    values.push(...taken.values);
    const json = canonicalJson(taken.skeleton);
    if (json.length < SHARED_FROM_CHARACTERS) outline.small[section] = taken.skeleton;
    else outline.large[section] = keep(json);
  }
  return { hash: keep(canonicalJson(outline)), values: packValues(values), contents };
}

/** Puts a stored observation together again; `contentOf` knows the large sections. */
export function joinEvidence(outline: Outline, values: string, contentOf: (hash: string) => Json): Observed {
  const rest = unpackValues(values).values();
  const next = (): Json => {
    const { value, done } = rest.next();
    if (done) throw new Error('an observation has fewer values than its content has places for');
    return value;
  };
  const durationMs = next() as number;
  const phases = putTogether(outline.phases, next) as unknown as Observed['phases'];
  const startedAt =
    outline.startedAt === undefined ? undefined : (putTogether(outline.startedAt, next) as string);
  const evidence: Record<string, Json> = {};
  for (const section of [...keysOf(outline.small), ...keysOf(outline.large)].sort()) {
    const hash = outline.large[section];
    evidence[section] = putTogether(
      hash === undefined ? (outline.small[section] as Json) : contentOf(hash),
      next,
    );
  }
  return {
    durationMs,
    phases,
    evidence: evidence as Observed['evidence'],
    ...(startedAt === undefined ? {} : { startedAt }),
  };
}

/** How long each phase took, from the values of an observation and what it has in common with others. */
export function phasesOf({ phases }: Outline, values: readonly (number | string)[]): Observed['phases'] {
  // The duration is the first.
  const rest = values.slice(1).values();
  return putTogether(phases, () => rest.next().value ?? null) as unknown as Observed['phases'];
}

export function packValues(values: readonly (number | string)[]): string {
  const places = new Map<string, number>();
  return JSON.stringify(
    values.map((value, index) => {
      if (typeof value === 'number' || value.length < REPEATED_FROM_CHARACTERS) return value;
      const place = places.get(value);
      if (place !== undefined) return [place];
      places.set(value, index);
      return value;
    }),
  );
}

export function unpackValues(json: string): (number | string)[] {
  const packed = JSON.parse(json) as (number | string | [number])[];
  return packed.map((value) => (Array.isArray(value) ? (packed[value[0]] as number | string) : value));
}

/** JSON with the keys of every object in order, so that equal content has equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(inOrder(value));
}

/** A copy, which is quicker than a function that JSON calls for every value. */
function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  return Object.fromEntries(
    keysOf(value).map((key) => [key, inOrder((value as Record<string, unknown>)[key])]),
  );
}
