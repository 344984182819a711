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

describe('a word that is ruled out', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'words-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['in a sentence', "'Mend what failed first.'", true],
    ['at an end', '`Repair it, or mend it: soon.`', true],
    ['within another word', "'It is recommended.'", false],
    ['as the name of a sentence', "say('need.mend-first')", false],
    ['as the name of a function', 'mend(server: string): Told;', false],
    ['that means what it says', "'How long it takes, and takes place.'", false],
    ['of a service that accepts', "'Entra takes the redirect URI.'", true],
  ])('is found, or left alone: %s', (_, line, isRed) => {
    const file = path.join(folder, 'words.ts');
    writeFileSync(file, `${line}\n`);
    expect(lint(file).status).toBe(isRed ? 1 : 0);
  });
});

describe.each(['docs/style-en.md', 'docs/style-ja.md'])('the lint of words, by %s', (page) => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'words-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is red on every sentence before, and green on every one after', () => {
    const pairs = pairsOf(page);
    expect(pairs.length).toBeGreaterThanOrEqual(25);
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
