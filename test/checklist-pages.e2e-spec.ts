import { readFileSync } from 'node:fs';
import path from 'node:path';
import { STATEMENTS_URL } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';

const numbered = (letter: string, last: number): string[] =>
  Array.from({ length: last }, (_, index) => `${letter}${index + 1}`);
const ALL = [...numbered('C', 11), ...numbered('X', 9), ...numbered('S', 74)];

describe.each(['checklist.md', 'checklist.ja.md'])('docs/%s', (name) => {
  const text = readFileSync(path.join(import.meta.dirname, '../docs', name), 'utf8');

  it('tells every item and statement once, in their order, each with words', () => {
    const rows = [...text.matchAll(/^\| ([CXS]\d+) +\| ([^|]+)\|/gm)];
    expect(rows.map(([, id]) => id)).toEqual(ALL);
    expect(rows.filter(([, , words = '']) => words.trim().length <= 3)).toEqual([]);
  });

  it("leads to Cisco's page, which REST names too", () => {
    expect(text).toContain(`(${STATEMENTS_URL})`);
  });
});
