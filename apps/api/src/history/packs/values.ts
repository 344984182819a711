import { type ByteReader, ByteWriter } from './bytes.ts';
import { readDates, writeDate } from './dates.ts';
import { type Earlier, isExact, readIntegers, writeIntegers } from './integers.ts';

export type Value = number | string | null;

/** Columns in two parts, numbers and texts: what is alike lies together, and takes less room once compressed. */
export class SectionWriter {
  readonly numbers = new ByteWriter();
  readonly texts = new ByteWriter();
}

export interface SectionReader {
  numbers: ByteReader;
  texts: ByteReader;
}

/** Decimals up to thousandths: a stopwatch of a check tells tenths. */
const SCALES = [1, 10, 100, 1_000];
const DICTIONARY = SCALES.length;
const DATES = DICTIONARY + 1;
/** The most columns that a column is compared with: those right before it. */
const COMPARED = 24;

/** Columns of the same rows, written in order, each of which may be told by those before it. */
export class ColumnsWriter {
  readonly #integers: ArrayLike<number>[];

  /** `known` are columns that the reader has as well. */
  constructor(
    private readonly out: SectionWriter,
    known: Earlier = [],
  ) {
    this.#integers = [...known];
  }

  write(column: readonly Value[]): void {
    const { numbers, texts } = this.out;
    const scale = SCALES.findIndex((by) => column.every((value) => isScaled(value, by)));
    if (scale >= 0) {
      numbers.unsigned(scale);
      return this.#write(column.map((value) => Math.round((value as number) * (SCALES[scale] ?? 1))));
    }
    const dates = column.every((value) => typeof value === 'string') ? readDates(column as string[]) : null;
    if (dates) {
      numbers.unsigned(DATES + dates.form);
      return this.#write(dates.seconds);
    }
    const places = new Map<Value, number>();
    for (const value of column) if (!places.has(value)) places.set(value, places.size);
    numbers.unsigned(DICTIONARY);
    texts.text(JSON.stringify([...places.keys()]));
    return this.#write(column.map((value) => places.get(value) ?? 0));
  }

  #write(integers: number[]): void {
    writeIntegers(this.out.numbers, integers, this.#integers.slice(-COMPARED));
    this.#integers.push(integers);
  }
}

/** Reads what a ColumnsWriter wrote, in the same order and with the same `known`. */
export class ColumnsReader {
  readonly #integers: ArrayLike<number>[];

  constructor(
    private readonly from: SectionReader,
    private readonly length: number,
    known: Earlier = [],
  ) {
    this.#integers = [...known];
  }

  read(): ColumnRead {
    const { numbers, texts } = this.from;
    const form = numbers.unsigned();
    const dictionary = form === DICTIONARY ? (JSON.parse(texts.text()) as Value[]) : [];
    const integers = readIntegers(numbers, this.length, this.#integers.slice(-COMPARED));
    this.#integers.push(integers);
    return new ColumnRead(form, integers, dictionary);
  }
}

/** A column as it was read: what a row has in it is made only where it is asked. */
export class ColumnRead {
  constructor(
    private readonly form: number,
    readonly integers: ArrayLike<number>,
    private readonly dictionary: readonly Value[],
  ) {}

  at(row: number): Value {
    const integer = this.integers[row] ?? 0;
    if (this.form === DICTIONARY) return this.dictionary[integer] ?? null;
    if (this.form >= DATES) return writeDate(this.form - DATES, integer);
    return integer / (SCALES[this.form] ?? 1);
  }

  /** Of a column that has numbers alone. */
  number(row: number): number {
    return this.at(row) as number;
  }

  /** Of a column that has texts alone, or none. */
  text(row: number): string | null {
    return this.at(row) as string | null;
  }
}

function isScaled(value: Value, by: number): boolean {
  if (typeof value !== 'number' || Object.is(value, -0)) return false;
  const scaled = Math.round(value * by);
  return isExact(scaled) && scaled / by === value;
}
