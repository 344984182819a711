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
  const folder = mkdtempSync(path.join(tmpdir(), 'mailpath-expressions-'));
  made.push(folder);
  writeFileSync(path.join(folder, 'planted.ts'), source);
  const tool = path.join(import.meta.dirname, '../tools/lint-expressions.mjs');
  const { status, stderr } = spawnSync(process.execPath, [tool, folder], { encoding: 'utf8' });
  return { status, stderr };
}

describe('the lint of regular expressions', () => {
  it.each([
    [String.raw`description.split(/[\r\n]|\s*(?:Trace ID|Timestamp):/i)`],
    [String.raw`description.split(/[\r\n]|\s+(?:Trace ID|Timestamp):/i)`],
    [String.raw`/=+$/.test(text)`],
    [String.raw`/^(\w+\s?)*$/.test(text)`],
    [String.raw`/a.*b.*c.*d/.test(text)`],
    [String.raw`new RegExp('\\s+$').test(text)`],
    ['new RegExp(`^${text}*$`).test(text)'],
  ])('turns red over %s', (source) => {
    const { status, stderr } = lint(source);
    expect({ status, stderr }).toMatchObject({ status: 1 });
    expect(stderr).toContain('planted.ts:1: ');
    expect(stderr).toContain('more than linear time');
  });

  it.each([
    [String.raw`/[\r\n]|\s(?:Trace ID|Timestamp):/i.exec(text)`],
    [String.raw`/^\s*\d+$/.test(text)`],
    ['// linear: the parts are digits\nnew RegExp(`^${number}$`)'],
  ])('leaves %s alone', (source) => {
    expect(lint(source)).toEqual({ status: 0, stderr: '' });
  });
});
