import { expect, it } from 'vitest';
import { takesPlace } from './candidate.ts';

const goodSince = new Date('2026-01-01T00:00:00Z');
const after = (days: number) => new Date(goodSince.getTime() + days * 86_400_000);

it.each([
  ['at once when another server has used it', 'svc01', 'svc02', 0, true],
  ['not by the word of the server that handed it in', 'svc01', 'svc01', 6.9, false],
  ['by that word once the good one is a week old', 'svc01', 'svc01', 7, true],
])('a new refresh token takes the place of the good one %s', (_, handedInBy, usedBy, days, expected) => {
  expect(takesPlace({ handedInBy, usedBy, goodSince }, after(days))).toBe(expected);
});
