import { afterEach, expect } from 'vitest';
import { takeContradictions } from './contract.ts';

/** Whatever a test asks for, its answers are as docs/openapi.json says. */
afterEach(() => {
  expect(takeContradictions(), 'answers that are not as docs/openapi.json says').toEqual([]);
});
