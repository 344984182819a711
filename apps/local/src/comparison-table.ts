import type { Comparison, ComparisonCell, ComparisonRow } from '@mailpath/protocol';
import { textTable } from './text-table.ts';

const MARK: Record<ComparisonCell['outcome'], string> = {
  pass: 'pass',
  warn: 'warn',
  fail: 'FAIL',
  throttled: 'throttled',
  skipped: 'skipped',
  'no-data': 'no data',
};

/** What a row is aimed at: the mailbox where there is one, since its host stands in a row of its own. */
const aim = ({ target }: ComparisonRow): string => target.mailbox ?? `${target.host}:${target.port}`;

/** At most six characters, so that five servers fit into a line. */
const timeText = (ms: number): string =>
  ms < 999.5 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;

/** Two lines where something failed: the phase, then what happened there. */
function cellText(cell: ComparisonCell, differs: boolean): string {
  if (!cell.asked) return '–';
  const mark = cell.stale ? `${MARK[cell.outcome]} (old)` : MARK[cell.outcome];
  const time = cell.ms === null ? '' : ` ${timeText(cell.ms)}`;
  const sign = differs ? ' ≠' : '';
  return cell.phase === null ? `${mark}${time}${sign}` : `${mark} ${cell.phase}${sign}\n${cell.code}${time}`;
}

/** The comparison as text: rows are checks, columns are servers, `≠` marks a cell that differs from its siblings. */
export function comparisonTable({ servers, rows }: Comparison): string {
  return textTable({
    head: ['check', 'target', ...servers.map(({ name, roles }) => `${name}\n${roles.join('\n')}`)],
    rows: rows.map((row) => {
      const odd = new Set(row.differences.map(({ serverId }) => serverId));
      return [row.check, aim(row), ...row.cells.map((cell) => cellText(cell, odd.has(cell.serverId)))];
    }),
  });
}
