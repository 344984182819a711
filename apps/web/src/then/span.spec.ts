import { expect, it } from 'vitest';
import { localText, spanOf } from './span.ts';

const NOW = Date.parse('2026-11-28T12:00:00.000Z');
const asked = (query: string) => spanOf(new URLSearchParams(query), NOW);

it('an address names two moments, or a baseline and a moment; what it does not name is an hour ago, and now', () => {
  expect(asked('')).toEqual({ baseline: null, since: '2026-11-28T11:00:00.000Z', until: null });
  expect(asked('hours=24').since).toBe('2026-11-27T12:00:00.000Z');
  expect(asked('hours=25').since).toBe('2026-11-28T11:00:00.000Z');
  expect(asked('since=2026-11-01T18:00:00%2B09:00&until=2026-11-02T00:00:00Z')).toEqual({
    baseline: null,
    since: '2026-11-01T09:00:00.000Z',
    until: '2026-11-02T00:00:00.000Z',
  });
  expect(asked('since=yesterday').since).toBe('2026-11-28T11:00:00.000Z');
  expect(asked('baseline=b1').baseline).toBe('b1');
});

it('a moment is typed in the reader\u2019s zone, and comes back as it was', () => {
  const text = localText('2026-11-28T12:34:00.000Z');
  expect(new Date(text).toISOString()).toBe('2026-11-28T12:34:00.000Z');
  expect(localText(null)).toBe('');
});
