import { readIntegers, writeIntegers } from './integers.ts';
import { type Moments, readMoments, writeMoments } from './moments.ts';
import type { PackedResult } from './packed-result.ts';
import { joinSections, splitSections } from './sections.ts';
import { ColumnsReader, ColumnsWriter, type SectionReader, SectionWriter, type Value } from './values.ts';

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
  moments?: (moments: Moments) => boolean;
}

/**
 * Of the results that `toPack` was given, those that are wanted, in the order in which they were delivered. What was
 * measured is not read of a kind of which none is.
 */
export function fromPack(pack: Uint8Array, wanted: Wanted = {}): PackedResult[] {
  const { kind: isKind = () => true, moments: isMoment = () => true } = wanted;
  const [all, ...sections] = splitSections(pack);
  if (!all) throw new Error('a pack has no results');
  const length = all.numbers.unsigned();
  const kinds = (JSON.parse(all.texts.text()) as unknown[][]).map(
    (kind) => Object.fromEntries(SAME.map((name, at) => [name, kind[at]])) as unknown as Kind,
  );
  const rows = rowsByKind(kinds.length, readIntegers(all.numbers, length));
  const moments = readMoments(all, length);
  const isWanted = moments.map(isMoment);
  const results: (PackedResult | undefined)[] = Array.from({ length });
  for (const [place, kind] of kinds.entries()) {
    const section = sections[place];
    const own = rows[place] ?? [];
    if (!section || !isKind(kind) || !own.some((row) => isWanted[row])) continue;
    const observed = own.map((row) => moments[row] as Moments);
    for (const [n, values] of readValues(section, observed).entries()) {
      const row = own[n] ?? 0;
      if (isWanted[row]) results[row] = { ...kind, ...(observed[n] as Moments), values };
    }
  }
  return results.filter((result) => result !== undefined);
}

/** What was measured is told from the last to the first: the duration comes first, and the phases explain it. */
function writeValues(out: SectionWriter, rows: readonly PackedResult[]): void {
  const width = Math.max(...rows.map(({ values }) => values.length));
  out.numbers.unsigned(width);
  const columns = new ColumnsWriter(out, [secondsOf(rows)]);
  columns.write(rows.map(({ values }) => values.length));
  for (let column = width - 1; column >= 0; column -= 1)
    columns.write(rows.map(({ values }) => values[column] ?? null));
}

function readValues(from: SectionReader, rows: readonly Moments[]): (number | string)[][] {
  const width = from.numbers.unsigned();
  const columns = new ColumnsReader(from, rows.length, [secondsOf(rows)]);
  const lengths = columns.read() as number[];
  const values: Value[][] = Array.from({ length: width });
  for (let column = width - 1; column >= 0; column -= 1) values[column] = columns.read();
  return lengths.map((length, row) =>
    values.slice(0, length).map((column) => column[row] as number | string),
  );
}

/** The dates that servers send are some seconds from these. */
const secondsOf = (rows: readonly Pick<Moments, 'observedAt'>[]): number[] =>
  rows.map(({ observedAt }) => Math.floor(observedAt / 1_000));

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

function rowsByKind(kinds: number, places: readonly number[]): number[][] {
  const rows: number[][] = Array.from({ length: kinds }, () => []);
  for (const [row, place] of places.entries()) rows[place]?.push(row);
  return rows;
}

const byDelivery = (a: PackedResult, b: PackedResult): number => {
  const [startOfA, startOfB] = [`${a.agentId} ${a.boot}`, `${b.agentId} ${b.boot}`];
  return startOfA === startOfB ? a.sequence - b.sequence : startOfA < startOfB ? -1 : 1;
};
