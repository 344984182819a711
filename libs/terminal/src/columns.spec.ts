import { expect, it } from 'vitest';
import { columnsOf } from './columns.ts';

it.each([
  ['app01', 5],
  ['サーバー', 8],
  ['、。「」', 8],
  ['ｶﾅ', 2],
  ['ＡＢ', 4],
  ['e\u0301', 1],
  ['か\u3099', 2],
  ['가', 2],
  ['👩‍💻', 2],
  ['≠ – …', 5],
  ['', 0],
])('%s takes %i columns', (text, columns) => expect(columnsOf(text)).toBe(columns));
