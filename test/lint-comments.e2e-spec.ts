import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

function lint(source: string) {
  const folder = mkdtempSync(path.join(tmpdir(), 'mailpath-comments-'));
  made.push(folder);
  writeFileSync(path.join(folder, 'planted.ts'), source);
  const tool = path.join(import.meta.dirname, '../tools/lint-comments.mjs');
  const { status, stderr } = spawnSync(process.execPath, [tool, folder], { encoding: 'utf8' });
  return { status, stderr };
}

const words = (columns: number): string => 'four '.repeat(Math.ceil(columns / 5)).slice(0, columns - 1) + 'x';

describe('the lint of comments', () => {
  it.each([
    ['a line', `// ${words(118)}\n`],
    ['a line within a function', `function f() {\n  // ${words(116)}\n}\n`],
    ['a block of one line', `/** ${words(114)} */\n`],
    ['a block', `/**\n * ${words(118)}\n */\n`],
  ])('turns red over %s of 121 columns', (_, source) => {
    const { status, stderr } = lint(source);
    expect({ status, stderr }).toMatchObject({ status: 1 });
    expect(stderr).toMatch(/planted\.ts:\d+: a comment of 121 columns, wrap it at 120/);
  });

  it.each([
    ['a comment of 120 columns', `// ${words(117)}\n`],
    ['an address that cannot be broken', `// https://example.com/${'a'.repeat(120)}\n`],
    ['code', `const text = '// ${words(130)}';\n`],
  ])('leaves %s alone', (_, source) => {
    expect(lint(source)).toEqual({ status: 0, stderr: '' });
  });
});
