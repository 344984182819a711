import { afterEach } from 'vitest';
import { takeContradictions } from './contract.ts';

/** Whatever a test asks for, its answers are as docs/openapi.json says. */
afterEach(() => {
  const broken = takeContradictions();
  if (broken.length > 0) throw new Error(`answers are not as docs/openapi.json says:\n${broken.join('\n')}`);
});
