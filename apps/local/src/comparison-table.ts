import type { Comparison, ComparisonCell, ComparisonRow } from '@mailpath/protocol';
import { lightTable, trimmed } from './light-table.ts';

const MARK: Record<ComparisonCell['outcome'], string> = {
  pass: 'pass',
  warn: 'warn',
  fail: 'FAIL',
  throttled: 'throttled',
  skipped: 'skipped',
  'no-data': 'no data',
};

const place = ({ target }: ComparisonRow): string => `${target.host}:${target.port}`;

function cellText(cell: ComparisonCell, differs: boolean): string {
  const mark = cell.stale ? `${MARK[cell.outcome]} (old)` : MARK[cell.outcome];
  const where = cell.phase ? ` ${cell.phase} (${cell.code})` : '';
  const ms = cell.ms === null ? '' : ` ${Math.round(cell.ms)} ms`;
  return `${mark}${where}${ms}${differs ? ' ≠' : ''}`;
}

/** The comparison as text: rows are checks, columns are servers, `≠` marks a cell that differs from its siblings. */
export function comparisonTable(comparison: Comparison): string {
  const table = lightTable([
    'check',
    'target',
    ...comparison.servers.map(({ name, roles }) => `${name} (${roles.join(', ')})`),
  ]);
  for (const row of comparison.rows)
    table.push([
      row.check,
      place(row),
      ...row.cells.map((cell) =>
        cellText(
          cell,
          row.differences.some(({ serverId }) => serverId === cell.serverId),
        ),
      ),
    ]);
  return trimmed(table.toString());
}

/** Everything in the comparison that is not well: how much it matters, which server and check, what, and by which statement. */
export function troubleTable(comparison: Comparison): string | null {
  const nameOf = new Map(comparison.servers.map(({ id, name }) => [id, name]));
  const lines = comparison.rows.flatMap((row) => [
    ...row.cells
      .filter(({ sentence, severity, outcome }) => sentence && (severity !== null || outcome === 'no-data'))
      .map(({ serverId, severity, sentence, statements }) => [
        severity ?? 'no data',
        nameOf.get(serverId) ?? serverId,
        row.check,
        `${sentence}${statements.length > 0 ? ` [${statements.join(', ')}]` : ''}`,
      ]),
    ...row.differences.map(({ sentence, role }) => ['differs', role, row.check, sentence]),
  ]);
  if (lines.length === 0) return null;
  const table = lightTable([]);
  table.push(...lines);
  return trimmed(table.toString());
}
