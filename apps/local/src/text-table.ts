import Table from 'cli-table3';

const LIGHT = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

export interface TextTable {
  head?: string[];
  rows: string[][];
  /** Widths of the columns; text that is longer is wrapped between words. As wide as their text when left out. */
  widths?: (number | null)[];
}

/** Columns without lines; a line end in a cell begins another line of that cell. */
export function textTable({ head = [], rows, widths }: TextTable): string {
  const table = new Table({
    head,
    chars: LIGHT,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    ...(widths ? { colWidths: widths, wordWrap: true } : {}),
  });
  table.push(...rows);
  // The last column is padded as well.
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
