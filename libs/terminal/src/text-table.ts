import { columnsOf } from './columns.ts';
import { plainText } from './plain-text.ts';
import { wrapText } from './wrap-text.ts';

/** A cell, or its text alone. */
export interface Cell {
  /** One text, or one for each line that the cell is to have at least. */
  text: string | readonly string[];
  align?: 'left' | 'right';
  /** Dresses each line of it, which by then has its final width. */
  style?: (line: string) => string;
}

export interface TextTable {
  head: readonly (string | Cell)[];
  rows: readonly (readonly (string | Cell)[])[];
  /**
   * Columns of the terminal: no line is longer, unless there are more cells in a row than it could hold at four columns
   * each.
   */
  width: number;
}

const GAP = 2;
const NARROWEST = 4;

/**
 * Columns without lines between them. Where they do not fit, the widest are wrapped, all alike, and the others stay as
 * they are.
 */
export function textTable({ head, rows, width }: TextTable): string {
  const all = [head, ...rows].map((row) => row.map(cellOf));
  const widths = fit(naturalWidths(all), width);
  return all.map((row) => rowText(row, widths)).join('\n');
}

/** The widest line of a table if nothing in it were wrapped. */
export function naturalWidth({ head, rows }: Pick<TextTable, 'head' | 'rows'>): number {
  const widths = naturalWidths([head, ...rows].map((row) => row.map(cellOf)));
  return widths.reduce((sum, each) => sum + each, 0) + GAP * Math.max(0, widths.length - 1);
}

const cellOf = (cell: string | Cell): Cell => (typeof cell === 'string' ? { text: cell } : cell);
const textsOf = ({ text }: Cell): string[] => (typeof text === 'string' ? [text] : [...text]);

function naturalWidths(rows: readonly (readonly Cell[])[]): number[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, cell] of row.entries())
      for (const text of textsOf(cell))
        widths[column] = Math.max(widths[column] ?? 0, columnsOf(plainText(text)));
  return widths;
}

/** Lowers the widest columns to one width, the highest with which all of them fit. */
function fit(natural: readonly number[], width: number): number[] {
  const room = Math.max(width - GAP * (natural.length - 1), NARROWEST * natural.length);
  const capped = (cap: number): number[] => natural.map((each) => Math.min(each, cap));
  const sum = (widths: readonly number[]): number => widths.reduce((total, each) => total + each, 0);
  let cap = Math.max(NARROWEST, ...natural);
  while (cap > NARROWEST && sum(capped(cap)) > room) cap -= 1;
  const widths = capped(cap);
  // What is left over by whole columns goes to the first that was lowered.
  let spare = room - sum(widths);
  return widths.map((each, column) => {
    const more = Math.max(0, Math.min(spare, (natural[column] ?? 0) - each));
    spare -= more;
    return each + more;
  });
}

function rowText(row: readonly Cell[], widths: readonly number[]): string {
  const cells = row.map((cell, column) =>
    textsOf(cell).flatMap((text) => linesOf(text, widths[column] ?? 0)),
  );
  const height = Math.max(1, ...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, i) => {
    const last = cells.findLastIndex((lines) => (lines[i] ?? '') !== '');
    return cells
      .slice(0, last + 1)
      .map((lines, column) => {
        const text = lines[i] ?? '';
        const { align, style } = row[column] as Cell;
        const blanks = ' '.repeat(Math.max(0, (widths[column] ?? 0) - columnsOf(text)));
        const dressed = style && text !== '' ? style(text) : text;
        if (align === 'right') return blanks + dressed;
        return column === last ? dressed : dressed + blanks;
      })
      .join(' '.repeat(GAP));
  }).join('\n');
}

/** An empty text keeps its line: cells beside it count on it. */
function linesOf(text: string, width: number): string[] {
  const lines = wrapText(text, width);
  return lines.length === 0 ? [''] : lines;
}
