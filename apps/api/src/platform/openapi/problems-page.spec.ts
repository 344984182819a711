import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { problemsPage } from './problems-page.ts';

it('docs/problems.md is what the codes say (npm run openapi writes it anew)', () => {
  const stored = readFileSync(join(import.meta.dirname, '../../../../../docs/problems.md'), 'utf8');
  expect(stored === problemsPage(), 'docs/problems.md is out of date: npm run openapi').toBe(true);
});
