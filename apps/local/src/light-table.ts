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

/** A table without lines, its columns two blanks apart. */
export const lightTable = (head: string[]): Table.Table =>
  new Table({
    head,
    chars: LIGHT,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });

/** cli-table3 pads the last column as well. */
export const trimmed = (text: string): string => text.replace(/ +$/gm, '');
