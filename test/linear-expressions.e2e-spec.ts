import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const RED = [
  String.raw`description.split(/[\r\n]|\s*(?:Trace ID|Timestamp):/i)`,
  String.raw`description.split(/[\r\n]|\s+(?:Trace ID|Timestamp):/i)`,
  String.raw`/=+$/.test(text)`,
  String.raw`/^(\w+\s?)*$/.test(text)`,
  String.raw`/a.*b.*c.*d/.test(text)`,
  String.raw`new RegExp('\\s+$').test(text)`,
  'new RegExp(`^${text}*$`).test(text)',
];
const GREEN = [
  String.raw`/[\r\n]|\s(?:Trace ID|Timestamp):/i.exec(text)`,
  String.raw`/^\s*\d+$/.test(text)`,
  '// linear: the parts are digits\nnew RegExp(`^${number}$`)',
];

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

/** Judges each source in a file of its own, `0.ts` and so on. */
function lint(sources: readonly string[]) {
  const folder = mkdtempSync(path.join(tmpdir(), 'mailpath-expressions-'));
  made.push(folder);
  for (const [index, source] of sources.entries()) writeFileSync(path.join(folder, `${index}.ts`), source);
  const tool = path.join(import.meta.dirname, '../tools/lint-expressions.mjs');
  const { status, stderr } = spawnSync(process.execPath, [tool, folder], { encoding: 'utf8' });
  return { status, stderr };
}

describe('the lint of regular expressions', () => {
  let judged: ReturnType<typeof lint>;
  beforeAll(() => {
    judged = lint([...RED, ...GREEN]);
  });

  it.each(RED.map((source, index) => [source, index] as const))('turns red over %s', (_, index) => {
    expect(judged.status).toBe(1);
    const own = judged.stderr.split('\n').filter((line) => line.includes(`${index}.ts:1: `));
    expect(own).toEqual([expect.stringContaining('more than linear time')]);
  });

  it('leaves all others alone', () => {
    for (const index of GREEN.keys()) expect(judged.stderr).not.toContain(`${RED.length + index}.ts:`);
    expect(lint(GREEN)).toEqual({ status: 0, stderr: '' });
  });
});
