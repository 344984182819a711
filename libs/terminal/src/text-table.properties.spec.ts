import { describe, expect, it } from 'vitest';
import { columnsOf } from './columns.ts';
import { texts } from './testing/texts.ts';
import { textTable } from './text-table.ts';

const lines = (text: string): string[] => text.split('\n');

describe('a table', () => {
  it('has columns as wide as their text, none of them padded at the end of a line', () => {
    const table = textTable({
      head: ['check', { text: 'ms', align: 'right' }, '結果'],
      rows: [
        ['imap.tls', { text: '12', align: 'right' }, 'pass'],
        ['pop3.tls', { text: '10003', align: 'right' }, ''],
      ],
      width: 80,
    });
    expect(lines(table)).toEqual(['check        ms  結果', 'imap.tls     12  pass', 'pop3.tls  10003']);
  });

  it('wraps the widest column where it does not fit, and leaves the others alone', () => {
    const table = textTable({
      head: ['check', 'what was seen'],
      rows: [['imap.tls', 'サーバーの証明書を、確認できません。 See the proxy.']],
      width: 30,
    });
    expect(lines(table)).toEqual([
      'check     what was seen',
      'imap.tls  サーバーの証明書を、',
      '          確認できません。 See',
      '          the proxy.',
    ]);
  });

  it('gives a cell the lines that it asks for, an empty one among them', () => {
    const table = textTable({ head: ['a', 'b'], rows: [[{ text: ['1', '', '3'] }, 'x']], width: 80 });
    expect(lines(table)).toEqual(['a  b', '1  x', '', '3']);
  });

  it('dresses text and never blanks, so that colours change no column', () => {
    const style = (line: string): string => `<${line}>`;
    const table = textTable({ head: [{ text: 'a b', style }, 'c'], rows: [['dddddd', 'e']], width: 80 });
    expect(lines(table)).toEqual(['<a b>     c', 'dddddd  e']);
  });

  it('is never wider than asked, whatever is in it, and hands on no control', () => {
    const all = texts();
    const rows = all.map((text, i) => [
      text,
      all[(i + 7) % all.length] ?? '',
      all[(i + 13) % all.length] ?? '',
    ]);
    for (const width of [16, 40, 80, 100]) {
      const table = textTable({ head: ['check', '対象', 'what was seen'], rows, width });
      expect(Math.max(...lines(table).map(columnsOf))).toBeLessThanOrEqual(width);
      expect(table).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e]/u);
    }
  });

  it('loses no character', () => {
    const only = (text: string): string[] => Array.from(text.replaceAll(/\s/gu, '')).toSorted();
    const row = ['app01.ece.example.com', 'サーバーの時計を確認してください。', 'imap.mailbox'];
    for (let width = 16; width < 80; width += 1)
      expect(only(textTable({ head: [], rows: [row], width }))).toEqual(only(row.join('')));
  });
});
