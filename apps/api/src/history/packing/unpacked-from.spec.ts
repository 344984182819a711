import { describe, expect, it } from 'vitest';
import { unpackedFrom } from './unpacked-from.ts';

const NOW = new Date('2026-11-28T12:34:56Z');

describe('what stays unpacked', () => {
  it.each([
    [
      'two hours and the one that goes on, of a site with a round a minute',
      60,
      300,
      '2026-11-28T10:00:00.000Z',
    ],
    ['ten rounds of the rarer kind', 60, 3_600, '2026-11-28T02:00:00.000Z'],
    ['ten rounds of the checks, where mailboxes come more often', 7_200, 900, '2026-11-27T16:00:00.000Z'],
    ['a day, where mailboxes are signed in to only when asked', 60, null, '2026-11-27T11:00:00.000Z'],
    ['a day, however rare the rounds', 86_400, 86_400, '2026-11-27T11:00:00.000Z'],
  ])('is %s', (_, everySeconds, mailboxEverySeconds, from) => {
    expect(new Date(unpackedFrom({ everySeconds, mailboxEverySeconds }, NOW)).toISOString()).toBe(from);
  });
});
