import { describe, expect, it } from 'vitest';
import { columnsOf, wrapText } from './wrap-text.ts';

describe('wrapping', () => {
  it.each([
    ['short', 20, ['short']],
    ['two words and more', 12, ['two words', 'and more']],
    ['a-very-long-word-without-a-blank', 12, ['a-very-lon', 'g-word-wit', 'hout-a-bla', 'nk']],
    ['サーバーの時計を確認', 12, ['サーバーの', '時計を確認']],
    ['時計は正しい。', 14, ['時計は正しい。']],
    ['svc01 の時計', 12, ['svc01 の時', '計']],
    ['', 10, []],
  ])('%j to %i columns', (text, width, lines) => {
    expect(wrapText(text, width)).toEqual(lines);
    for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(width);
  });

  it('loses nothing but blanks', () => {
    const text =
      'ポート 587 の STARTTLS と https://testconnectivity.microsoft.com/tests/o365 を確認してください。'.repeat(
        5,
      );
    for (const width of [10, 17, 40, 110])
      expect(wrapText(text, width).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
  });
});
