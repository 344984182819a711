import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = path.join(import.meta.dirname, '..');
const lint = (...files: string[]) =>
  spawnSync(process.execPath, ['tools/lint-words.mjs', ...files], { cwd: ROOT, encoding: 'utf8' });
const pairsOf = (page: string): string[][] =>
  (readFileSync(path.join(ROOT, page), 'utf8').split('\n## ')[3] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) => line.split(' | ').map((cell) => cell.replaceAll('| ', '').replaceAll(' |', '').trim()));

describe.each(['docs/style-en.md', 'docs/style-ja.md'])('the lint of words, by %s', (page) => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'words-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is red on every sentence before, and green on every one after', () => {
    const pairs = pairsOf(page);
    expect(pairs.length).toBeGreaterThanOrEqual(20);
    const [before, after] = ['before.md', 'after.md'].map((name, column) => {
      const file = path.join(folder, name);
      writeFileSync(file, pairs.map((pair) => pair[column]).join('\n'));
      return lint(file);
    });
    const lines = new Set([...(before?.stderr.matchAll(/\.md:(\d+):/g) ?? [])].map(([, line]) => line));
    expect(lines.size).toBe(pairs.length);
    expect(after?.stderr).toBe('');
  });
});
