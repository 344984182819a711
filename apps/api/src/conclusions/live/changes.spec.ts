import type { ComparisonCell } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { CELLS_AN_EVENT, changesBetween } from './changes.ts';
import type { LivePicture } from './live-picture.ts';
import type { SiteEvent } from './site-event.ts';

const id = (n: number): string => `0192f000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const AT = '2026-11-24T03:10:00.000Z';

const cell = (server: number, result: number): ComparisonCell => ({
  serverId: id(server),
  outcome: 'pass',
  asked: true,
  phase: null,
  code: null,
  ms: 12,
  observedAt: AT,
  stale: false,
  demand: 'required',
  severity: null,
  statements: [],
  sentence: null,
  resultId: id(result),
  finding: null,
});

/** `results` says which result each cell shows, by row and column. */
function picture(results: number[][], changes: Partial<LivePicture> = {}): LivePicture {
  return {
    settingsAt: AT,
    comparison: {
      siteId: id(0),
      siteName: 'hq',
      generatedAt: AT,
      servers: (results[0] ?? []).map((_, n) => ({
        id: id(n),
        name: `app${n}`,
        roles: ['application'],
        agent: { state: 'connected', lastSeenAt: AT },
      })),
      rows: results.map((row, n) => ({
        check: 'imap.tls',
        title: 'Exchange Online answers IMAP over TLS',
        target: { name: `imap-${n}`, host: 'outlook.office365.com', port: 993 },
        cells: row.map((result, server) => cell(server, result)),
        differences: [],
      })),
    },
    findings: [],
    runs: [],
    ...changes,
  };
}
const grid = (rows: number, columns: number, first: number): number[][] =>
  Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_, c) => first + r * columns + c));
const cellsOf = (event: SiteEvent): ComparisonCell[] =>
  event.event === 'comparison' ? event.data.rows.flatMap(({ cells }) => cells) : [];

describe('what changed between two looks', () => {
  it('is nothing where nothing did, though the answer was made anew', () => {
    const now = picture(grid(2, 3, 100));
    now.comparison.generatedAt = '2026-11-24T03:11:00.000Z';
    expect(changesBetween(picture(grid(2, 3, 100)), now)).toEqual([]);
  });

  it('is exactly the cells that did, whole, and the differences of their rows', () => {
    const now = picture([
      [100, 101, 102],
      [103, 999, 105],
    ]);
    expect(changesBetween(picture(grid(2, 3, 100)), now)).toEqual([
      {
        event: 'comparison',
        data: {
          generatedAt: AT,
          rows: [{ check: 'imap.tls', target: 'imap-1', differences: [], cells: [cell(1, 999)] }],
        },
      },
    ]);
  });

  it.each([
    [1, 1],
    [40, 100],
    [3, 401],
    [1, 1_201],
    [5, 400],
    [7, 57],
  ])(
    'is spread over events of at most 400 cells, none lost and none twice: %i rows of %i',
    (rows, columns) => {
      const events = changesBetween(picture(grid(rows, columns, 0)), picture(grid(rows, columns, 500_000)));
      const sizes = events.map((event) => cellsOf(event).length);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(CELLS_AN_EVENT);
      expect(sizes.length).toBe(Math.ceil((rows * columns) / CELLS_AN_EVENT));
      const told = events.flatMap(cellsOf).map(({ resultId }) => resultId);
      expect(new Set(told).size).toBe(rows * columns);
      expect(told.length).toBe(rows * columns);
    },
  );

  it('is read again as a whole where rows, columns or settings are others', () => {
    const before = picture(grid(2, 3, 100));
    const site = [{ event: 'site', data: {} }];
    expect(changesBetween(before, picture(grid(3, 3, 100)))).toEqual(site);
    expect(changesBetween(before, picture(grid(2, 3, 100), { settingsAt: 'later' }))).toEqual(site);
    expect(changesBetween(before, picture(grid(2, 2, 100)))).toEqual(site);
  });

  it('names findings that are new, other or gone, and runs as they go on', () => {
    const before = picture([[1]], {
      findings: [
        { id: id(50), state: 'pending', mark: 'pending error a' },
        { id: id(51), state: 'open', mark: 'open error a' },
        { id: id(52), state: 'open', mark: 'open error a' },
      ],
      runs: [{ id: id(60), state: 'running', received: 1, expected: 3 }],
    });
    const now = picture([[1]], {
      findings: [
        { id: id(50), state: 'open', mark: 'open error a' },
        { id: id(51), state: 'open', mark: 'open error a b' },
      ],
      runs: [
        { id: id(61), state: 'running', received: 0, expected: 3 },
        { id: id(60), state: 'done', received: 3, expected: 3 },
      ],
    });
    expect(changesBetween(before, now)).toEqual([
      { event: 'finding', data: { id: id(50), state: 'open' } },
      { event: 'finding', data: { id: id(51), state: 'open' } },
      { event: 'finding', data: { id: id(52), state: 'closed' } },
      { event: 'run', data: { id: id(60), state: 'done', received: 3, expected: 3 } },
      { event: 'run', data: { id: id(61), state: 'running', received: 0, expected: 3 } },
    ]);
  });
});
