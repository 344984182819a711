import { HOLE, type Json, keysOf, putTogether, takeApart } from './skeleton.ts';

/**
 * What a result has in common with others: without its ids and moments, with holes where a value was taken out. Its
 * values are, in this order, those of the phases, of the sections of evidence by name, of the failure, of the reason.
 */
export interface Layout {
  check: string;
  target: Json;
  outcome: string;
  phases: Json;
  evidence: Readonly<Record<string, Json>>;
  failure: Json;
  reason: Json;
}

/** What may stand in a hole. */
export type Value = number | string;

/** Number of a layout; then id, milliseconds behind the first result, duration; then places and their new values. */
export type CompactResult = readonly [
  layout: number,
  id: string,
  afterMs: number,
  durationMs: number,
  ...changes: Value[],
];

/** What both ends keep of a connection's layouts and newest values at most, in characters; then they begin anew. */
export const LAYOUTS_MAX_CHARACTERS = 512 * 1024;
/** Where the changes begin in a `CompactResult`. */
export const CHANGES_FROM = 4;

const KEYS = ['check', 'target', 'outcome', 'phases', 'evidence', 'failure', 'reason'];
/** Evidence has three levels below its sections; what is deeper is no result's. */
const DEPTH_MAX = 10;

/** Whether it has the form of a layout; what its results come to is checked as a whole. */
export function isLayout(value: unknown): value is Layout {
  if (!isRecord(value) || !KEYS.every((key) => Object.hasOwn(value, key))) return false;
  return (
    Object.keys(value).length === KEYS.length && isRecord(value['evidence']) && isShallow(value, DEPTH_MAX)
  );
}

/** Whether it has the form of a compact result. A loop, since there are some ten values in each of a hundred. */
export function isCompactResult(value: unknown): value is CompactResult {
  if (!Array.isArray(value) || value.length < CHANGES_FROM || value.length % 2 !== 0) return false;
  const [layout, id, afterMs, durationMs] = value as unknown[];
  if (!isCount(layout) || typeof id !== 'string' || !Number.isInteger(afterMs) || !isFinite(durationMs))
    return false;
  for (let i = CHANGES_FROM; i < value.length; i += 2) {
    const changed: unknown = value[i + 1];
    if (!isCount(value[i]) || (typeof changed !== 'string' && !isFinite(changed))) return false;
  }
  return true;
}

const isFinite = (value: unknown): value is number => Number.isFinite(value);
const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0;
const isRecord = (value: unknown): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((inner) => isShallow(inner, depth - 1));
}

/** How many values it has places for. */
export const holesOf = ({ phases, evidence, failure, reason }: Layout): number =>
  holesIn(phases) + holesIn(evidence) + holesIn(failure) + holesIn(reason);

function holesIn(value: Json): number {
  if (typeof value === 'string') {
    let holes = 0;
    for (let at = value.indexOf(HOLE); at >= 0; at = value.indexOf(HOLE, at + 1)) holes += 1;
    return holes;
  }
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value as Record<string, Json>).reduce<number>((sum, inner) => sum + holesIn(inner), 0);
}

/** The parts of a result that a layout and its values stand for. */
export interface LaidOut {
  phases: Json;
  evidence: Record<string, Json>;
  failure: Json;
  reason: Json;
}

/** Fills a layout; there are as many values as it has holes. */
export function fill(layout: Layout, values: readonly Value[]): LaidOut {
  const rest = values.values();
  const next = (): Json => rest.next().value ?? null;
  const phases = putTogether(layout.phases, next);
  const sections = keysOf(layout.evidence).map(
    (section) => [section, putTogether(layout.evidence[section] as Json, next)] as const,
  );
  return {
    phases,
    evidence: Object.fromEntries(sections),
    failure: putTogether(layout.failure, next),
    reason: putTogether(layout.reason, next),
  };
}

/** The reverse of `fill`. */
export function layOut({ phases, evidence, failure, reason }: LaidOut): LaidOut & { values: Value[] } {
  const values: Value[] = [];
  const without = (value: Json): Json => {
    const taken = takeApart(value);
    values.push(...taken.values);
    return taken.skeleton;
  };
  const timings = without(phases);
  const sections: Record<string, Json> = {};
  for (const section of keysOf(evidence)) sections[section] = without(evidence[section] as Json);
  return { phases: timings, evidence: sections, failure: without(failure), reason: without(reason), values };
}

/** What it takes to keep a value, in characters. */
export const sizeOf = (value: Value | undefined): number =>
  value === undefined ? 0 : typeof value === 'number' ? 8 : 8 + value.length;
