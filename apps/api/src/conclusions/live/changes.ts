import { isDeepStrictEqual } from 'node:util';
import type { Comparison, ComparisonCell, ComparisonRow } from '@mailpath/protocol';
import type { LivePicture, PicturedFinding } from './live-picture.ts';
import type { ChangedRow, SiteEvent } from './site-event.ts';

/** So many cells are drawn by a browser without a pause that is felt. */
export const CELLS_AN_EVENT = 400;
/** A connected agent is seen all the time: it is told anew when that is news. */
const SEEN_AGAIN_MS = 30_000;

/** What somebody who has the earlier picture must be told to have the later one, in that order. Pure. */
export function changesBetween(before: LivePicture, now: LivePicture): SiteEvent[] {
  const events = [...agents(before, now), ...findings(before, now), ...runs(before, now)];
  // Other rows or columns cannot be told cell by cell: the comparison is read again.
  if (!isDeepStrictEqual(shapeOf(before), shapeOf(now))) return [...events, { event: 'site', data: {} }];
  return [...events, ...cells(before.comparison, now.comparison)];
}

const shapeOf = ({ settingsAt, comparison }: LivePicture) => ({
  settingsAt,
  name: comparison.siteName,
  columns: comparison.servers.map(({ id, name, roles }) => ({ id, name, roles })),
  rows: comparison.rows.map(({ check, title, target }) => ({ check, title, target })),
});

function agents(before: LivePicture, now: LivePicture): SiteEvent[] {
  const known = new Map(before.comparison.servers.map(({ id, agent }) => [id, agent]));
  return now.comparison.servers.flatMap(({ id, agent }): SiteEvent[] => {
    const past = known.get(id);
    const isNews = past?.state !== agent.state || at(agent.lastSeenAt) - at(past.lastSeenAt) >= SEEN_AGAIN_MS;
    return isNews ? [{ event: 'agent', data: { serverId: id, ...agent } }] : [];
  });
}

const at = (moment: string | null): number => (moment === null ? 0 : Date.parse(moment));

function findings(before: LivePicture, now: LivePicture): SiteEvent[] {
  const marks = new Map(before.findings.map(({ id, mark }) => [id, mark]));
  const present = new Set(now.findings.map(({ id }) => id));
  const told = ({ id, state }: Pick<PicturedFinding, 'id' | 'state'>): SiteEvent => ({
    event: 'finding',
    data: { id, state },
  });
  return [
    ...now.findings.filter(({ id, mark }) => marks.get(id) !== mark).map(told),
    ...before.findings.filter(({ id }) => !present.has(id)).map(({ id }) => told({ id, state: 'closed' })),
  ];
}

function runs(before: LivePicture, now: LivePicture): SiteEvent[] {
  const known = new Map(before.runs.map((run) => [run.id, run]));
  return now.runs
    .filter((run) => !isDeepStrictEqual(run, known.get(run.id)))
    .toReversed()
    .map(({ id, state, received, expected }) => ({ event: 'run', data: { id, state, received, expected } }));
}

/** Rows and columns are alike in both. */
function cells(before: Comparison, now: Comparison): SiteEvent[] {
  const changed = now.rows.flatMap((row, i) => changedRow(row, before.rows[i]));
  return spread(changed).map((rows) => ({
    event: 'comparison',
    data: { generatedAt: now.generatedAt, rows },
  }));
}

function changedRow(row: ComparisonRow, before: ComparisonRow | undefined): ChangedRow[] {
  const cells = row.cells.filter((cell, i) => !isSame(cell, before?.cells[i]));
  if (cells.length === 0 && isDeepStrictEqual(row.differences, before?.differences)) return [];
  return [{ check: row.check, target: row.target.name, differences: row.differences, cells }];
}

/** Most cells are told from each other by the result alone. */
const isSame = (a: ComparisonCell, b: ComparisonCell | undefined): boolean =>
  a.resultId === b?.resultId && isDeepStrictEqual(a, b);

/** Into parts of at most so many cells; a row that is longer goes on in the next part. */
function spread(rows: readonly ChangedRow[]): ChangedRow[][] {
  const parts: ChangedRow[][] = [];
  let part: ChangedRow[] = [];
  let free = CELLS_AN_EVENT;
  const close = (): void => {
    if (part.length > 0) parts.push(part);
    part = [];
    free = CELLS_AN_EVENT;
  };
  for (const row of rows) {
    let rest = row.cells;
    do {
      if (free === 0) close();
      part.push({ ...row, cells: rest.slice(0, free) });
      const taken = Math.min(free, rest.length);
      rest = rest.slice(taken);
      free -= taken;
    } while (rest.length > 0);
  }
  close();
  return parts;
}
