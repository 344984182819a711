import { readIntegers, writeIntegers } from './integers.ts';
import { MomentsRead, writeMoments } from './moments.ts';
import type { PackedResult } from './packed-result.ts';
import { joinSections, splitSections } from './sections.ts';
import {
  type ColumnRead,
  ColumnsReader,
  ColumnsWriter,
  type SectionReader,
  SectionWriter,
} from './values.ts';

/** What of a result is the same round after round: with it, the rest of a result is a handful of numbers. */
const SAME = [
  'agentId',
  'boot',
  'checkId',
  'targetName',
  'targetHost',
  'targetPort',
  'targetMailbox',
  'outcome',
  'failurePhase',
  'failureCode',
  'reason',
  'evidenceHash',
] as const;
/** Results of a pack that have all this in common. */
export type Kind = Pick<PackedResult, (typeof SAME)[number]>;

/**
 * Results of one server as bytes, and nothing of them lost: what is the same in many is written once, and the rest in
 * columns, each told by what it differs least from.
 */
export function toPack(results: readonly PackedResult[]): Buffer {
  const rows = [...results].sort(byDelivery);
  const { kinds, places } = kindsOf(rows);
  const all = new SectionWriter();
  all.numbers.unsigned(rows.length);
  all.texts.text(JSON.stringify(kinds.map((kind) => SAME.map((name) => kind[name]))));
  writeIntegers(all.numbers, places);
  writeMoments(all, rows);
  const sections = rowsByKind(kinds.length, places).map((own) => {
    const section = new SectionWriter();
    writeValues(
      section,
      own.map((row) => rows[row] as PackedResult),
    );
    return section;
  });
  return joinSections([all, ...sections]);
}

/** Which results of a pack are read; all where nothing is said. */
export interface Wanted {
  kind?: (kind: Kind) => boolean;
  row?: (moments: MomentsRead, row: number) => boolean;
  /** Of all these, the rows that are read in the end. */
  choose?: (
    moments: MomentsRead,
    rows: readonly number[],
    kindOf: (row: number) => Kind,
  ) => readonly number[];
}

/**
 * Of the results that `toPack` was given, those that are wanted, in the order in which they were delivered. Nothing
 * else is made of the bytes: not what was measured of a kind of which none is wanted, and no row but those.
 */
export function fromPack(pack: Uint8Array, wanted: Wanted = {}): PackedResult[] {
  const { kind: isKind = () => true, row: isRow = () => true, choose } = wanted;
  const [all, ...sections] = splitSections(pack);
  if (!all) throw new Error('a pack has no results');
  const length = all.numbers.unsigned();
  const kinds = (JSON.parse(all.texts.text()) as unknown[][]).map(
    (kind) => Object.fromEntries(SAME.map((name, at) => [name, kind[at]])) as unknown as Kind,
  );
  const ofKind = kinds.map(isKind);
  if (!ofKind.includes(true)) return [];
  const places = readIntegers(all.numbers, length);
  const moments = new MomentsRead(all, length);
  const rows: number[] = [];
  for (let row = 0; row < length; row += 1)
    if (ofKind[places[row] ?? 0] && isRow(moments, row)) rows.push(row);
  const chosen = choose ? choose(moments, rows, (row) => kinds[places[row] ?? 0] as Kind) : rows;
  const isChosen = new Uint8Array(length);
  for (const row of chosen) isChosen[row] = 1;

  const results: (PackedResult | undefined)[] = Array.from({ length });
  const rowsOf = rowsByKind(kinds.length, places);
  for (const [place, kind] of kinds.entries()) {
    const section = sections[place];
    const own = rowsOf[place] ?? [];
    if (!section || !own.some((row) => isChosen[row])) continue;
    const values = readValues(section, own, moments);
    for (const [n, row] of own.entries())
      if (isChosen[row]) results[row] = { ...kind, ...moments.of(row), values: values(n) };
  }
  return results.filter((result) => result !== undefined);
}

/** What was measured is told from the last to the first: the duration comes first, and the phases explain it. */
function writeValues(out: SectionWriter, rows: readonly PackedResult[]): void {
  const width = Math.max(...rows.map(({ values }) => values.length));
  out.numbers.unsigned(width);
  const columns = new ColumnsWriter(out, [rows.map(({ observedAt }) => secondOf(observedAt))]);
  columns.write(rows.map(({ values }) => values.length));
  for (let column = width - 1; column >= 0; column -= 1)
    columns.write(rows.map(({ values }) => values[column] ?? null));
}

/** Answers the values of a row, by its place in `rows`. */
function readValues(
  from: SectionReader,
  rows: readonly number[],
  moments: MomentsRead,
): (n: number) => (number | string)[] {
  const width = from.numbers.unsigned();
  const seconds = rows.map((row) => secondOf(moments.observedAt(row)));
  const columns = new ColumnsReader(from, rows.length, [seconds]);
  const lengths = columns.read();
  const values: ColumnRead[] = [];
  for (let column = width - 1; column >= 0; column -= 1) values[column] = columns.read();
  return (n) =>
    Array.from({ length: lengths.number(n) }, (_, column) => values[column]?.at(n) as number | string);
}

/** The dates that servers send are some seconds from these. */
const secondOf = (ms: number): number => Math.floor(ms / 1_000);

function kindsOf(rows: readonly PackedResult[]): { kinds: Kind[]; places: number[] } {
  const kinds: Kind[] = [];
  const known = new Map<string, number>();
  const places = rows.map((row) => {
    const key = JSON.stringify(SAME.map((name) => row[name]));
    const place = known.get(key);
    if (place !== undefined) return place;
    known.set(key, kinds.length);
    kinds.push(row);
    return kinds.length - 1;
  });
  return { kinds, places };
}

function rowsByKind(kinds: number, places: ArrayLike<number>): number[][] {
  const rows: number[][] = Array.from({ length: kinds }, () => []);
  for (let row = 0; row < places.length; row += 1) rows[places[row] ?? 0]?.push(row);
  return rows;
}

const byDelivery = (a: PackedResult, b: PackedResult): number => {
  const [startOfA, startOfB] = [`${a.agentId} ${a.boot}`, `${b.agentId} ${b.boot}`];
  return startOfA === startOfB ? a.sequence - b.sequence : startOfA < startOfB ? -1 : 1;
};
