import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const SRC = path.join(import.meta.dirname, '../..');
const CALL = /\b(?:this\.)?#?logger\.(?:log|warn|error|debug|fatal)\(\s*(.{0,60})/gs;

/** Every line that a feature writes, as far as it can be read off its source. */
const calls = globSync('**/*.ts', { cwd: SRC })
  .filter((file) => !file.endsWith('.spec.ts'))
  .flatMap((file) =>
    [...readFileSync(path.join(SRC, file), 'utf8').matchAll(CALL)].map(([, words = '']) => ({ file, words })),
  );

it('names its event first, in words with dashes, wherever a feature writes a line', () => {
  expect(calls.length).toBeGreaterThan(50);
  expect(calls.filter(({ words }) => !/^\{\s*event(?:: '[a-z][a-z-]*'|,)/.test(words))).toEqual([]);
});

it('writes to the output by the log alone, except what is printed for people', () => {
  const printing = globSync('**/*.ts', { cwd: SRC }).filter((file) =>
    /console\.|process\.std(?:out|err)\.write/.test(readFileSync(path.join(SRC, file), 'utf8')),
  );
  expect(printing.map((file) => file.replaceAll(path.sep, '/')).sort()).toEqual([
    'app/database/migrate.command.ts',
    'app/named-command.ts',
    'app/openapi.command.ts',
    'app/start-api.ts',
    'main.ts',
  ]);
});
