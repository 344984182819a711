import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = path.join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

/** The cells of the tables below a heading. */
function rowsBelow(file: string, heading: string): string[][] {
  const [, section = ''] = read(file).split(`\n## ${heading}\n`);
  const [own = ''] = section.split('\n## ');
  return own
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\|[-| ]+$/.test(line))
    .slice(1)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const inTicks = (cell: string | undefined): string => /^`([^`]+)`/.exec(cell ?? '')?.[1] ?? '';

describe('the path of one result in CONTRIBUTING.md', () => {
  const rows = rowsBelow('CONTRIBUTING.md', 'The path of one result');

  it('is counted, and shorter than eighteen files', () => {
    expect(rows.map(([number]) => Number(number))).toEqual(rows.map((_, i) => i + 1));
    expect(rows.length).toBeGreaterThan(8);
    expect(rows.length).toBeLessThan(18);
  });

  it.each(rows)('%s names a file, and what is in it: %s', (_, file, does) => {
    expect(existsSync(path.join(ROOT, inTicks(file)))).toBe(true);
    expect(inTicks(does)).not.toBe('');
    expect(read(inTicks(file))).toContain(inTicks(does).replace(/\(\)$/, '('));
  });

  it('enters no file twice', () => {
    const files = rows.map(([, file]) => inTicks(file));
    expect(new Set(files).size).toBe(files.length);
  });
});

describe('the questions of a newcomer in CONTRIBUTING.md', () => {
  const rows = rowsBelow('CONTRIBUTING.md', 'Where is it decided');

  it('are ten at least', () => {
    expect(rows.length).toBeGreaterThanOrEqual(10);
  });

  it.each(rows)('%s is answered by a file that is there: %s', (question, file) => {
    expect(question).toMatch(/\?$/);
    expect(existsSync(path.join(ROOT, inTicks(file)))).toBe(true);
  });

  it('names the file that has the number which it asks for', () => {
    const row = rows.find(([question]) => question?.includes('AADSTS'));
    const number = /AADSTS(\d+)/.exec(row?.[0] ?? '')?.[1] ?? 'none';
    expect(read(inTicks(row?.[1]))).toContain(number);
  });
});
