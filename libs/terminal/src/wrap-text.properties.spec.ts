import { describe, expect, it } from 'vitest';
import { columnsOf } from './columns.ts';
import { plainText } from './plain-text.ts';
import { texts } from './testing/texts.ts';
import { wrapText } from './wrap-text.ts';

const withoutBlanks = (text: string): string => text.replaceAll(/\s/gu, '');

describe('wrapping', () => {
  it.each([
    ['short', 20, ['short']],
    ['two words and more', 10, ['two words', 'and more']],
    ['a-very-long-word-without-a-blank', 12, ['a-very-long-', 'word-without', '-a-blank']],
    ['see https://a.example/b', 8, ['see', 'https://', 'a.exampl', 'e/b']],
    ['  indented at first only', 12, ['  indented', 'at first', 'only']],
    ['', 10, []],
    ['   ', 10, []],
  ])('%j to %i columns', (text, width, lines) => expect(wrapText(text, width)).toEqual(lines));

  it.each([
    ['サーバーの時計を確認', 10, ['サーバーの', '時計を確認']],
    ['は、原因を確認', 6, ['は、原', '因を確', '認']],
    ['原因は、通信', 6, ['原因', 'は、通', '信']],
    ['時計は正しい。', 12, ['時計は正し', 'い。']],
    ['これは「原因」です', 8, ['これは', '「原因」', 'です']],
    ['サーバー', 6, ['サー', 'バー']],
    // Characters that belong together and are wider than a line are cut all the same.
    ['ちょっと', 4, ['ちょ', 'っと']],
    ['svc01 の時計', 9, ['svc01 の', '時計']],
    ['ポート587を開く', 9, ['ポート587', 'を開く']],
  ])('%s to %i columns, and no line begins with what closes', (text, width, lines) => {
    expect(wrapText(text, width)).toEqual(lines);
  });

  it.each(texts())('%j is never wider than asked, and loses nothing but blanks', (text) => {
    for (let width = 2; width <= 40; width += 1) {
      const lines = wrapText(text, width);
      expect(lines.filter((line) => columnsOf(line) > width)).toEqual([]);
      expect(withoutBlanks(lines.join(''))).toBe(withoutBlanks(wrapText(text, 1e6).join('')));
    }
  });

  // A chain of marks that is longer than a line has to be cut somewhere.
  const unchained = texts().filter((text) => !/[、。」）ーっ々]{4}/u.test(withoutBlanks(plainText(text))));
  it.each(unchained)('%j begins no line with a closing mark', (text) => {
    const later = [14, 20, 33].flatMap((width) => wrapText(text.trimStart(), width).slice(1));
    expect(later.filter((line) => /^[、。」）]/u.test(line))).toEqual([]);
  });

  it('takes the last character along where a long word ends with a closing mark', () => {
    expect(wrapText('https://a.b/cdef。', 16)).toEqual(['https://a.b/cde', 'f。']);
    expect(wrapText('app01 、 app02', 8)).toEqual(['app01 、', 'app02']);
  });

  it('hands on no control and no mark of direction, and no half of a character', () => {
    expect(wrapText('a\u001b[2Jb\u202ec\u0085d\ud800e', 80)).toEqual(['a [2Jb c d\ufffde']);
  });
});
