import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

it('finds every module whose lines are to be changed: of one that has moved Stryker would say nothing', () => {
  const { mutate } = JSON.parse(readFileSync(join(ROOT, 'stryker.config.json'), 'utf8')) as {
    mutate: string[];
  };
  expect(mutate.length).toBeGreaterThan(15);
  expect(mutate.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});
